-- The sliding window from two counts, see rules.lua and dev.headway.limiter.algorithm.SlidingWindowCounter: number is the tick at which
-- the current window began, first the count of the window before, second that of the current one. While the clock is behind the
-- current window, it is at its beginning.

local function sliding_window_counter(claim, time)
  local rates, windows, now = claim.rates, claim.windows, time.now
  local rule = {}

  function rule.untouched()
    return { number = 0, first = 0, second = 0 }
  end

  -- Begin, previous count and current count as of now.
  local function at(entry, window)
    local passed = math.floor((now - entry.number) / window)
    if passed <= 0 then
      return entry.number, entry.first, entry.second
    end
    if passed == 1 then
      return entry.number + window, entry.second, 0
    end
    return 0, 0, 0
  end

  -- The ticks into a window at which the count of the one before weighs no more than the room.
  local function until_within(room, previous, window)
    return previous <= room and 0 or window - math.floor(room * window / previous)
  end

  function rule.wait(entry, limit, permits)
    local window = windows[limit]
    local begin, previous, current = at(entry, window)
    local into = now - begin
    local room = rates[limit] - current - permits
    if room >= 0 then
      local enough = until_within(room, previous, window)
      return enough <= math.max(0, into) and 0 or enough - into
    end
    return window + until_within(rates[limit] - permits, current, window) - into
  end

  function rule.remaining(entry, limit)
    local window = windows[limit]
    local begin, previous, current = at(entry, window)
    local weighed = previous == 0 and 0 or math.ceil(previous * (window - math.max(0, now - begin)) / window)
    return math.max(0, rates[limit] - current - weighed)
  end

  function rule.take(entry, limit, permits)
    local begin, previous, current = at(entry, windows[limit])
    if previous == 0 and current == 0 then
      begin = time.ceiling
    end
    entry.number, entry.first, entry.second = begin, previous, current + permits
  end

  function rule.ticket(entry)
    return entry.number, 0
  end

  function rule.give_back(entry, limit, permits, tick)
    local begin, previous, current = at(entry, windows[limit])
    if tick == begin and permits <= current then
      current = current - permits
    elseif tick == begin - windows[limit] and permits <= previous then
      previous = previous - permits
    else
      return false
    end
    entry.number, entry.first, entry.second = begin, previous, current
    return true
  end

  function rule.carry(entry)
    entry.number = time.last
  end

  function rule.is_blank(entry)
    return entry.first == 0 and entry.second == 0
  end

  return rule
end

algorithms['sliding-window-counter'] = function(claim)
  return open_rules(claim, sliding_window_counter)
end
