-- The exact sliding window, on a log that many servers share. See claims.lua.
--
-- THE LOG. One string per key holds a 4-byte stamp for every permit taken, oldest first. A stamp is the low 32 bits of the number of
-- ticks since the epoch at which the permit was taken, rounded up. Among N permits per window W, a request for p permits may pass
-- when no more than N - p stamps are younger than W. Hence, for the stamps s in order, s[k] - s[k - N] >= W for every k: no half-open
-- window of length W ever holds more than N.
--
-- SEVERAL LIMITS of one key are answered by the same log, and other limits for the same key as well, such as those of another tier or
-- those that hold from now on: it keeps what the longest window needs that the server has ever known for it, and each limit counts
-- back in it. Neither permits nor windows are in the key, so nothing is forgotten when they change.
--
-- THE CLOCK may be behind the newest stamp. One tick before that stamp was certainly reached, so time stands still there until the
-- clock has caught up.
--
-- WAITING. A reservation is a stamp that lies ahead: the first time at which the permits fit, and no sooner than any stamp before it.
-- So the log stays sorted, its promise needs no other proof, and first come is first served; who only tries, goes behind. The newest
-- stamp does not tell then which time was reached: it is kept in a trace behind the stamps, 4 bytes and a fifth that tells that
-- it is there.
--
-- TICKS are differences modulo 2^32, read as signed. That is unambiguous because a window has fewer than 2^30 ticks and nobody waits
-- for longer, a string expires one window after its last stamp, and a write leaves no stamp of 2^30 ticks or older in it.
--
-- MANY LIMITS can need a long log: what somebody takes at 600 a minute is kept for a day if another limit of the key is 1 a day. No limit
-- looks further back than at as many stamps as it has permits, at most MOST; so no more than twice as many are kept, and each limit is
-- kept exactly all the same. What is cut then leaves half as many more than MOST, for refunds.
--
-- COST. For up to SMALL permits the whole string is read and rewritten, which keeps 11 stamps in Redis's one-allocation form. Above, it is read
-- by pages. One decision needs one to four of them, however long the log is: that of the newest stamps, and those around the oldest live
-- one, which is looked for where it is if the limit is used up, then where it would be if permits were taken evenly, and only then by
-- halving, seven times among 20,000 stamps. The string is appended to, and rewritten when as much of it is dead as may live: O(1)
-- amortised.

algorithms['sliding-window'] = function(claim)
  local STAMP, TRACE = 4, 5
  local SMALL = 64
  local PAGE = 256
  local GUESSES = 3
  local MARK = '\1'
  local MOST = 100000
  local WRAP, HALF, OLDEST = 4294967296, 2147483648, 1073741824

  local key, keep, capacity, windows, most = claim.key, claim.keep, claim.capacity, claim.windows, claim.most
  local now, stamp = moment(claim.tick)
  local whole = capacity <= SMALL and redis.call('GETRANGE', key, 0, PAGE * STAMP - 1)
  if whole and #whole == PAGE * STAMP then
    whole = false
  end
  local bytes = whole and #whole or redis.call('STRLEN', key)
  local traced = bytes % STAMP == TRACE % STAMP and redis.call('GETRANGE', key, -1, -1) == MARK
  local held = (traced and bytes - TRACE or bytes) / STAMP
  if held < 0 or held % 1 ~= 0 then
    return { fault = 'NOTALOG ' .. bytes .. ' bytes are no sequence of 4-byte stamps' }
  end

  -- How many stamps were dropped from the front since the places were counted.
  local dropped = 0

  local pages = {}

  -- The stamps around a place: their bytes, and the place of the first of them.
  local function page_of(place)
    local number = whole and 0 or math.floor(place / PAGE)
    if not pages[number] then
      local first = math.max(number * PAGE, dropped)
      local from, to = (first - dropped) * STAMP, ((number + 1) * PAGE - dropped) * STAMP - 1
      pages[number] = { first = first, bytes = whole or redis.call('GETRANGE', key, from, to) }
    end
    return pages[number]
  end

  local function read(place)
    local page = page_of(place)
    return (struct.unpack('>I4', page.bytes, (place - page.first) * STAMP + 1))
  end

  -- The ticks since a stamp; negative for one that is ahead of the clock.
  local function age_of(other)
    local age = (now - other) % WRAP
    return age < HALF and age or age - WRAP
  end

  -- What was reached, as the trace or the newest stamp tells; and the newest stamp. What is taken now is written down last.
  local reached, newest = now, stamp
  if held > 0 then
    newest = now - age_of(read(held - 1))
    local seen = traced and now - age_of(read(held)) or newest
    if seen - now > keep then
      return { fault = clock_behind(seen - now, claim.tick) }
    end
    reached = math.max(now, seen - 1)
    stamp = math.max(stamp, seen)
    newest = math.max(newest, stamp)
  end
  local taken = 0

  local function age_at(place)
    return place < held and age_of(read(place)) or now - newest
  end

  -- The place between two of the oldest stamp that is younger than so many ticks; the one at `high` is.
  local function halve(length, low, high)
    while low < high do
      local middle = math.floor((low + high) / 2)
      if age_of(read(middle)) >= length then
        low = middle + 1
      else
        high = middle
      end
    end
    return low
  end

  -- Where the oldest stamp that is younger would be, were the stamps evenly spread between the one before `low`, which is older, and the
  -- one at `high`, which is younger; after some guesses that failed, in the middle.
  local function next_place(length, low, high, guesses)
    if guesses <= 0 then
      return math.floor((low + high) / 2)
    end
    local older, younger = age_of(read(low - 1)), age_of(read(high))
    return low - 1 + math.floor((older - length) / (older - younger) * (high - low + 1))
  end

  -- The place of the oldest stamp from `low` on that is younger than so many ticks, or `held`.
  local function first_younger(length, low)
    if held == 0 or age_of(read(held - 1)) >= length then
      return held
    end
    local high, place, guesses = held - 1, low, GUESSES
    while low < high do
      place = math.max(low, math.min(place, high - 1))
      local page = page_of(place)
      local first = math.max(low, page.first)
      local last = math.min(high, page.first + math.floor(#page.bytes / STAMP)) - 1
      if age_of(read(first)) < length then
        high = first
      elseif age_of(read(last)) >= length then
        low = last + 1
      else
        return halve(length, first, last)
      end
      place = low < high and next_place(length, low, high, guesses)
      guesses = guesses - 1
    end
    return low
  end

  -- The place of the oldest stamp that a window still holds, or `held`; but none before the last `permits`.
  local function first_live(length, permits)
    return first_younger(length - (reached - now), math.max(0, held - permits))
  end

  local live = {}
  for limit = 1, claim.limits do
    live[limit] = first_live(windows[limit], most[limit])
  end

  -- How many stamps need not be kept; most often a limit has looked for that already.
  local function dead_stamps()
    for limit = 1, claim.limits do
      if windows[limit] == keep and live[limit] > held - most[limit] then
        return live[limit]
      end
    end
    return math.max(first_live(keep, held), held >= 2 * MOST and held - MOST - MOST / 2 or 0)
  end

  -- Whether as many stamps need not be kept as may live, and no fewer than those that must be kept.
  local function is_half_dead()
    local half = math.max(capacity, math.floor(held / 2))
    return half <= held and age_of(read(half - 1)) + (reached - now) >= keep
  end

  local account = { behind = newest > stamp and newest - now or nil }

  function account.wait(limit, permits)
    local behind = newest > stamp and newest - now or 0
    local obstacle = held + taken - 1 - (most[limit] - permits)
    if obstacle < live[limit] then
      return behind
    end
    return math.max(behind, windows[limit] - age_at(obstacle))
  end

  function account.remaining(limit)
    return newest > stamp and 0 or math.max(0, most[limit] - (held + taken - live[limit]))
  end

  -- The places that are full, those of who waits included; more are not kept.
  function account.has_place(permits)
    return held + permits <= MOST
  end

  function account.take(permits, wait)
    newest = wait > 0 and now + wait or newest
    local fresh = string.rep(struct.pack('>I4', newest % WRAP), permits)
    if newest > stamp or (traced and not whole) then
      fresh = fresh .. struct.pack('>I4', stamp % WRAP) .. MARK
    end
    local milliseconds = expiry(newest - now + keep, claim.tick)
    if whole then
      redis.call('SET', key, string.sub(whole, dead_stamps() * STAMP + 1, held * STAMP) .. fresh, 'PX', milliseconds)
    elseif held == 0 or held >= 2 * MOST or is_half_dead() or age_at(0) >= OLDEST then
      local dead = dead_stamps()
      local kept = dead < held and redis.call('GETRANGE', key, dead * STAMP, held * STAMP - 1) or ''
      redis.call('SET', key, kept .. fresh, 'PX', milliseconds)
      dropped = dead
    else
      redis.call('SETRANGE', key, held * STAMP, fresh)
      redis.call('PEXPIRE', key, milliseconds)
    end
    taken = permits
  end

  function account.receipt()
    return { newest % WRAP }
  end

  -- Permits of one tick are interchangeable, so it does not matter which of them go. To take the newest or the oldest instead would
  -- either forget a permit that was used or keep one that was not.
  function account.give_back(permits, receipt)
    local mine = receipt[1]
    local first = first_younger(age_of(mine) + 1, 0)
    local after = first + permits
    if age_of(mine) + (reached - now) >= keep or after > held or read(first) ~= mine or read(after - 1) ~= mine then
      return false
    end
    local log = whole or redis.call('GET', key)
    if permits == held then
      redis.call('DEL', key)
    else
      local rest = string.sub(log, 1, first * STAMP) .. string.sub(log, after * STAMP + 1)
      redis.call('SET', key, rest, 'KEEPTTL')
    end
    return true
  end

  function account.ages()
    local oldest = held
    for limit = 1, claim.limits do
      oldest = math.min(oldest, first_live(windows[limit], held))
    end
    local ages = {}
    for place = held - 1, oldest, -1 do
      ages[#ages + 1] = newest > stamp and age_at(place) or math.max(0, age_at(place))
    end
    return ages
  end

  return account
end
