-- The fixed window, see rules.lua and dev.headway.limiter.algorithm.FixedWindow: number is the tick at which the window began, first
-- how many permits were taken since, second nothing. While the clock is behind, the window lasts.

local function fixed_window(claim, time)
  local rates, windows, now = claim.rates, claim.windows, time.now
  local rule = {}

  function rule.untouched()
    return { number = 0, first = 0, second = 0 }
  end

  local function is_over(entry, limit)
    return entry.first == 0 or now - entry.number >= windows[limit]
  end

  function rule.wait(entry, limit, permits)
    if permits <= rates[limit] - entry.first then
      return 0
    end
    return math.max(0, windows[limit] - (now - entry.number))
  end

  function rule.remaining(entry, limit)
    return is_over(entry, limit) and rates[limit] or math.max(0, rates[limit] - entry.first)
  end

  function rule.take(entry, limit, permits)
    if is_over(entry, limit) then
      entry.number, entry.first = time.ceiling, permits
    else
      entry.first = entry.first + permits
    end
  end

  function rule.ticket(entry)
    return entry.number, 0
  end

  function rule.give_back(entry, limit, permits, tick)
    if entry.number ~= tick or now - entry.number >= windows[limit] or entry.first < permits then
      return false
    end
    entry.first = entry.first - permits
    entry.number = entry.first == 0 and 0 or entry.number
    return true
  end

  function rule.carry(entry)
    entry.number = time.last
  end

  function rule.is_blank(entry)
    return entry.first == 0
  end

  return rule
end

algorithms['fixed-window'] = function(claim)
  return open_rules(claim, fixed_window)
end
