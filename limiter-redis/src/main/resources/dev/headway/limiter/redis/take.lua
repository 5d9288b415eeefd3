-- Takes permits of one key under one limit by the exact sliding window, if they fit. It says and does what decide.lua does with
-- sliding-window.lua, which explain it, in half the time; most requests are of this kind. What is rare is left to them.
--
-- ARGV[1]  '', or for tests the time in place of the server's: 'seconds:nanoseconds'
-- ARGV[2]  the microseconds in a tick
-- ARGV[3]  the ticks for which a stamp is kept
-- ARGV[4]  the permits asked for, no more than the limit has
-- ARGV[5]  the limit's permits, of which so few can live that the log is read as a whole
-- ARGV[6]  the ticks of its window
--
-- Answers the numbers that decide.lua answers, 4 bytes each; or nothing, if that has to be asked instead: when somebody waits for
-- the key, or when it holds no log. One string costs Redis, before version 7, a third of what an array of numbers does.

local STAMP, WRAP, HALF = 4, 4294967296, 2147483648
local call, floor, pack, unpack = redis.call, math.floor, struct.pack, struct.unpack

local key, tick, keep = KEYS[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local permits, most, window = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])

local now, stamp
if ARGV[1] == '' then
  local time = call('TIME')
  now = floor((time[1] * 1000000 + time[2]) / tick)
  stamp = now + 1
else
  local seconds, nanos = string.match(ARGV[1], '^(-?%d+):(%d+)$')
  local micros = seconds * 1000000 + floor(nanos / 1000)
  now = floor(micros / tick)
  stamp = micros % tick == 0 and nanos % 1000 == 0 and now or now + 1
end

local log = call('GET', key) or ''
local held = #log / STAMP
if held % 1 ~= 0 then
  return ''
end

local function age(place)
  local ticks = (now - unpack('>I4', log, place * STAMP + 1)) % WRAP
  return ticks < HALF and ticks or ticks - WRAP
end

-- A clock that is behind the newest stamp stands still until it has caught up.
local stands_still = 0
if held > 0 then
  local ahead = -age(held - 1)
  if ahead > keep then
    return redis.error_reply('CLOCKBEHIND what was taken last is ' .. ahead * tick / 1000 .. ' ms ahead of the clock')
  end
  if ahead > 0 then
    stands_still = ahead - 1
    stamp = math.max(stamp, now + ahead)
  end
end

-- The place of the oldest stamp that is younger than so many ticks, or `held`.
local function first_live(ticks)
  ticks = ticks - stands_still
  if held == 0 or age(0) < ticks then
    return 0
  end
  local low, high = 1, held
  while low < high do
    local middle = floor((low + high) / 2)
    if age(middle) >= ticks then
      low = middle + 1
    else
      high = middle
    end
  end
  return low
end

local first = first_live(window)
local live = held - first
if live + permits > most then
  local over = held - most
  return pack(
    '>I4I4I4I4I4I4',
    0,
    0,
    window - age(over + permits - 1),
    math.max(0, most - live),
    window - age(math.max(first, over)),
    window - age(held - 1)
  )
end

local fresh = string.rep(pack('>I4', stamp % WRAP), permits)
if held > 0 then
  fresh = string.sub(log, first_live(keep) * STAMP + 1) .. fresh
end
call('SET', key, fresh, 'PX', math.ceil((stamp - now + keep + 1) * tick / 1000))

local free_again = window + stamp - now
local next = live > 0 and window - age(first) or free_again
return pack('>I4I4I4I4I4I4I4', 1, permits, 0, most - live - permits, next, free_again, stamp % WRAP)
