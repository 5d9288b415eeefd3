-- The token bucket, see debt.lua and dev.headway.limiter.algorithm.TokenBucket. Its burst, if it has one, is the most that a request
-- may ask for.

local function token_bucket(claim, time)
  local windows, most = claim.windows, claim.most
  local rule = debt_rule(claim, time)

  function rule.wait(entry, limit, permits)
    return rule.until_at_most(entry, limit, (most[limit] - permits) * windows[limit])
  end

  function rule.remaining(entry, limit)
    local window = windows[limit]
    return math.max(0, math.floor((most[limit] * window - rule.standing(entry, limit)) / window))
  end

  function rule.lifetime(limit)
    return math.ceil(most[limit] * windows[limit] / claim.rates[limit])
  end

  return rule
end

algorithms['token-bucket'] = function(claim)
  if claim.capacity > 0 then
    claim.most = {}
    for limit = 1, claim.limits do
      claim.most[limit] = claim.capacity
    end
  end
  return open_owing(claim, token_bucket)
end
