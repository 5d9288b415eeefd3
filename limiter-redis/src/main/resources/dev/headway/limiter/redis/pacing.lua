-- Pacing, see debt.lua and dev.headway.limiter.algorithm.Pacing: nothing may be owed when a request goes.

local function pacing(claim, time)
  local rule = debt_rule(claim, time)

  function rule.wait(entry, limit)
    return rule.until_at_most(entry, limit, 0)
  end

  function rule.remaining(entry, limit)
    return rule.standing(entry, limit) == 0 and claim.most[limit] or 0
  end

  function rule.lifetime(limit)
    return claim.windows[limit]
  end

  return rule
end

algorithms['pacing'] = function(claim)
  return open_owing(claim, pacing)
end
