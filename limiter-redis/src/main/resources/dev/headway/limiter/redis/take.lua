-- Takes permits of keys under one limit by the exact sliding window, of each key if they fit. It says and does what decide.lua does
-- with sliding-window.lua, which explain it, in half the time; most requests are of this kind. What is rare is left to them.
--
-- ARGV[1]  '', or for tests the time in place of the server's: 'seconds:nanoseconds'
-- ARGV[2]  the microseconds in a tick
-- ARGV[3]  the ticks for which a stamp is kept
-- ARGV[4]  the limit's permits, of which so few can live that a log is read as a whole
-- ARGV[5]  the ticks of its window
-- ARGV[6…] the permits asked for of each key, no more than the limit has; one of each, if that is not said
--
-- KEYS are decided about one after the other, and may name a key twice. None depends on what became of another, not even if that is a
-- fault, so who asks need not know that others asked at the same time.
--
-- Answers a string of 28 bytes for each key, 7 numbers of 4: what decide.lua answers, the last of them for permits that were taken; or
-- AT_LENGTH, if that has to be asked instead, when somebody waits for the key, or when it holds no log, or one that other limits have made
-- long; or FAULT and the length of what was wrong, which is written behind all answers. One string costs Redis, before version 7, a third
-- of what an array of numbers does.

local STAMP, WRAP, HALF = 4, 4294967296, 2147483648
local LONG = 255
local REFUSED, TAKEN, AT_LENGTH, FAULT = 0, 1, 2, 3
local ANSWER = '>I4I4I4I4I4I4I4'
local floor, max, pack, unpack, sub, try = math.floor, math.max, struct.pack, struct.unpack, string.sub, redis.pcall

local tick, keep, most, window = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])

local now, stamp
if ARGV[1] == '' then
  local time = redis.call('TIME')
  now = floor((time[1] * 1000000 + time[2]) / tick)
  stamp = now + 1
else
  local seconds, nanos = string.match(ARGV[1], '^(-?%d+):(%d+)$')
  local micros = seconds * 1000000 + floor(nanos / 1000)
  now = floor(micros / tick)
  stamp = micros % tick == 0 and nanos % 1000 == 0 and now or now + 1
end

local faults = {}

local function fault(text)
  faults[#faults + 1] = text
  return pack(ANSWER, FAULT, #text, 0, 0, 0, 0, 0)
end

local function age(log, place)
  local ticks = (now - unpack('>I4', log, place * STAMP + 1)) % WRAP
  return ticks < HALF and ticks or ticks - WRAP
end

-- The place of the oldest stamp that is younger than so many ticks, or `held`.
local function first_younger(log, held, ticks)
  if held == 0 or age(log, 0) < ticks then
    return 0
  end
  local low, high = 1, held
  while low < high do
    local middle = floor((low + high) / 2)
    if age(log, middle) >= ticks then
      low = middle + 1
    else
      high = middle
    end
  end
  return low
end

local function take(key, permits)
  local log = try('GET', key) or ''
  if type(log) == 'table' then
    return fault(log.err)
  end
  local held = #log / STAMP
  if held % 1 ~= 0 or held > LONG then
    return pack(ANSWER, AT_LENGTH, 0, 0, 0, 0, 0, 0)
  end

  -- A clock that is behind the newest stamp stands still until it has caught up.
  local dated, stands_still = stamp, 0
  local ahead = held > 0 and -age(log, held - 1) or 0
  if ahead > keep then
    return fault('CLOCKBEHIND what was taken last is ' .. ahead * tick / 1000 .. ' ms ahead of the clock')
  end
  if ahead > 0 then
    stands_still = ahead - 1
    dated = max(stamp, now + ahead)
  end

  local first = first_younger(log, held, window - stands_still)
  local live = held - first
  if live + permits > most then
    local over = held - most
    local wait, next = window - age(log, over + permits - 1), window - age(log, max(first, over))
    return pack(ANSWER, REFUSED, 0, wait, max(0, most - live), next, window - age(log, held - 1), 0)
  end

  local fresh = pack('>I4', dated % WRAP)
  if permits > 1 then
    fresh = string.rep(fresh, permits)
  end
  if held > 0 then
    fresh = sub(log, first_younger(log, held, keep - stands_still) * STAMP + 1) .. fresh
  end
  local stored = try('SET', key, fresh, 'PX', math.ceil((dated - now + keep + 1) * tick / 1000))
  if stored.err then
    return fault(stored.err)
  end
  local free_again = window + dated - now
  local next = live > 0 and window - age(log, first) or free_again
  return pack(ANSWER, TAKEN, permits, 0, most - live - permits, next, free_again, dated % WRAP)
end

local answers = {}
for number = 1, #KEYS do
  answers[number] = take(KEYS[number], tonumber(ARGV[5 + number] or 1))
end
for number = 1, #faults do
  answers[#answers + 1] = faults[number]
end
return table.concat(answers)
