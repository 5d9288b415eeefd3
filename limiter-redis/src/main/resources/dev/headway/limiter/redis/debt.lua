-- What a key owes and pays back evenly, see rules.lua and dev.headway.limiter.algorithm.Debt: number is the amount in permits times
-- the window's ticks, first counts the permits that were ever taken, second is nothing; the debt is as of the last request. While the
-- clock is behind that, nothing is paid.

-- Serial numbers, those of permits that were ever taken, have so many values.
local SERIALS = 4294967296

-- What is left at a tick of an amount that was owed at another.
local function left_at(amount, owed, tick, rate)
  local elapsed = tick - owed
  if amount == 0 or elapsed <= 0 then
    return amount
  end
  return elapsed >= math.ceil(amount / rate) and 0 or amount - elapsed * rate
end

local function debt_rule(claim, time)
  local rates, windows = claim.rates, claim.windows
  local rule = {}

  function rule.untouched()
    return { number = 0, first = 0, second = 0 }
  end

  -- What is left to pay now.
  function rule.standing(entry, limit)
    return time.last and left_at(entry.number, time.last, time.now, rates[limit]) or 0
  end

  -- The ticks until no more than so much is left to pay.
  function rule.until_at_most(entry, limit, most)
    if entry.number <= most then
      return 0
    end
    return math.max(0, math.ceil((entry.number - most) / rates[limit]) - (time.now - time.last))
  end

  function rule.take(entry, limit, permits)
    local before = time.last and entry.first or time.ceiling
    entry.number = rule.standing(entry, limit) + permits * windows[limit]
    entry.first = (before + permits) % SERIALS
  end

  function rule.ticket(entry)
    return time.last, entry.first
  end

  -- What is left of a request behind which so many permits were taken since.
  local function left_of(entry, limit, permits, tick, since, paid_until)
    local window, rate = windows[limit], rates[limit]
    local all = permits * window
    local standing = left_at(entry.number, time.last, paid_until, rate)
    local behind = since > math.floor(standing / window) and standing or since * window
    local unpaid = left_at(all, tick, paid_until, rate)
    return math.min(standing, math.max(math.min(all, standing - behind), unpaid))
  end

  function rule.give_back(entry, limit, permits, tick, serial)
    local paid_until = math.max(time.last, time.now)
    if paid_until - tick >= rule.lifetime(limit) then
      return false
    end
    local since = (entry.first - serial) % SERIALS
    local left = left_of(entry, limit, permits, tick, since, paid_until)
    if left == 0 then
      return false
    end
    entry.number = entry.number - left
    entry.first = since == 0 and (serial - permits) % SERIALS or entry.first
    return true
  end

  -- part * to / from, rounded up; the product may have 60 bits, so it is made in two halves.
  local function scale_up(part, from, to)
    local HALF = 32768
    local high = part * math.floor(to / HALF)
    local rest = high % from * HALF + part * (to % HALF)
    return math.floor(high / from) * HALF + math.ceil(rest / from)
  end

  function rule.carry(entry, from, to)
    entry.number = math.floor(entry.number / from) * to + scale_up(entry.number % from, from, to)
  end

  function rule.is_blank()
    return false
  end

  return rule
end
