-- The exact sliding window on a log that many servers share: what every script knows about the log. Before each script
-- this file is sent, so that one round trip does.
--
-- THE LOG. One string per subject holds a 4-byte stamp for every permit taken, oldest first. A stamp is the low
-- 32 bits of the number of ticks since the epoch at which the permit was taken, rounded up. Among N permits per
-- window W, a request for p permits may pass when no more than N - p stamps are younger than W. Hence, for the
-- stamps s in order, s[k] - s[k - N] >= W for every k: no half-open window of length W ever holds more than N.
--
-- SEVERAL LIMITS of one subject are answered by the same log, and other limits for the same subject as well, such as
-- those of another tier or those that hold from now on: it keeps what the longest window needs that the server has
-- ever known for it, and each limit counts back in it. Neither permits nor windows are in the key, so nothing is
-- forgotten when they change. All limits of a request must agree, or nothing is written.
--
-- THE CLOCK is that of the Redis server. Now is rounded down and stamps are rounded up, so a permit returns at most
-- one tick late and never early. After a failover to a server whose clock is behind, the newest stamp lies
-- ahead of the clock. One tick before that stamp was certainly reached, so time stands still there until the clock
-- has caught up, and the string's expiry is lengthened by as much. A clock more than a whole window behind is a
-- fault of the machine, which is reported, not decided upon.
--
-- TICKS are differences modulo 2^32, read as signed. That is unambiguous because a window has fewer than 2^30
-- ticks, a string expires one window after its last stamp, and a write leaves no stamp of 2^30 ticks or older in it.
--
-- COST. A refusal writes nothing, so a flood makes no replication traffic. Up to SMALL permits the whole string is
-- read and rewritten, which keeps 11 stamps in Redis's one-allocation form. Above, the string is read at a few
-- places, appended to, and rewritten when as much of it is dead as may live: O(log N), and O(1) amortised to write.
--
-- KEYS[1]  the log
-- ARGV[1]  '', or for tests the time in place of the server's: 'seconds:nanoseconds'
-- ARGV[2]  microseconds in a tick
-- ARGV[3]  the ticks for which a stamp is kept
-- ARGV[4]  the most permits that can be live in the longest window, by which small and large logs are told apart
-- further  what the script says

local STAMP = 4
local SMALL = 64
local WRAP = 4294967296
local HALF = 2147483648
local OLDEST = 1073741824

local key = KEYS[1]
local tick = tonumber(ARGV[2])
local keep = tonumber(ARGV[3])
local capacity = tonumber(ARGV[4])

-- Now as whole ticks, and the stamp that a permit taken now bears. TIME cuts off what is below a microsecond, so a
-- moment that it tells is never taken for a whole tick.
local function read_clock()
  local seconds, nanos = string.match(ARGV[1], '^(-?%d+):(%d+)$')
  if not seconds then
    local time = redis.call('TIME')
    seconds, nanos = time[1], tonumber(time[2]) * 1000 + 1
  end
  local micros = tonumber(seconds) * 1000000 + math.floor(tonumber(nanos) / 1000)
  local whole = micros % tick == 0 and tonumber(nanos) % 1000 == 0
  local ticks = math.floor(micros / tick)
  return ticks, whole and ticks or ticks + 1
end

-- The stamps held, and a function that reads the one at a place counted from 0.
local function open_log()
  if capacity <= SMALL then
    local whole = redis.call('GET', key) or ''
    return whole, #whole, function(place)
      return (struct.unpack('>I4', whole, place * STAMP + 1))
    end
  end
  return nil, redis.call('STRLEN', key), function(place)
    local from = place * STAMP
    return (struct.unpack('>I4', redis.call('GETRANGE', key, from, from + STAMP - 1)))
  end
end

local now, stamp = read_clock()
local whole, bytes, read = open_log()
if bytes % STAMP ~= 0 then
  return redis.error_reply('NOTALOG ' .. bytes .. ' bytes are no sequence of 4-byte stamps')
end
local held = bytes / STAMP

-- The ticks since a stamp; negative for one that is ahead of the clock.
local function age_of(other)
  local age = (now - other) % WRAP
  return age < HALF and age or age - WRAP
end

local function age_at(place)
  return age_of(read(place))
end

local reached = now
if held > 0 then
  local ahead = -age_at(held - 1)
  if ahead > keep then
    return redis.error_reply('CLOCKBEHIND the newest permit is ' .. ahead * tick / 1000 .. ' ms ahead of the clock')
  end
  reached = math.max(now, now + ahead - 1)
  stamp = math.max(stamp, now + ahead)
end

-- The place of the oldest stamp that is younger than so many ticks, or `held`.
local function first_younger(length)
  local low, high = 0, held
  while low < high do
    local middle = math.floor((low + high) / 2)
    if age_at(middle) >= length then
      low = middle + 1
    else
      high = middle
    end
  end
  return low
end

-- The place of the oldest stamp that a window still holds, or `held`.
local function first_live(length)
  return first_younger(length - (reached - now))
end
