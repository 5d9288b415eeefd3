-- What every script knows: how it is asked, and what time it is. A script is this file, then the algorithms that it may be asked
-- about, then what is done with them: decide.lua or refund.lua.
--
-- A CLAIM asks for permits of one key, KEYS[i] of the i-th claim. Several claims are several keys, in one round trip: all are looked
-- at before anything is written, so that all of them are written or none.
--
-- THE CLOCK is that of the Redis server. Now is rounded down and what is taken is dated by now rounded up, so a permit returns at most
-- one tick late and never early. After a failover to a server whose clock is behind, what is stored tells that a later time was
-- reached; each algorithm says how it keeps its promise then, and the key's expiry is lengthened by as much. A clock that is behind
-- by more than what a key is kept for is a fault of the machine, which is reported, not decided upon.
--
-- EXPIRY. Whatever is written expires by itself, no sooner than it has ceased to matter. A REFUSAL writes nothing, so a flood makes no
-- replication traffic.
--
-- ARGV[1]  '', or for tests the time in place of the server's: 'seconds:nanoseconds'
-- then what the script says, with claims in it, each of which is
--   its algorithm
--   the microseconds in a tick
--   the ticks for which what is taken is kept
--   the sliding window's capacity: the most permits that can be live in the longest window, by which small and large logs are told apart;
--   or the burst of a token bucket, 0 for none; else 0
--   the permits asked for
--   1 if the other claims go on without it if it does not fit
--   the number of limits, and for each its permits and the ticks of its window

local algorithms = {}

-- The seconds, and the microseconds below them with a fraction if it is not a whole one. TIME cuts off what is below a microsecond,
-- so a moment that it tells is never taken for a whole tick.
local function read_clock()
  local seconds, nanos = string.match(ARGV[1], '^(-?%d+):(%d+)$')
  if seconds then
    return tonumber(seconds), tonumber(nanos) / 1000
  end
  local time = redis.call('TIME')
  return tonumber(time[1]), tonumber(time[2]) + 0.5
end

local seconds, micros_below = read_clock()

-- Now as whole ticks, rounded down and rounded up.
local function moment(tick)
  local micros = seconds * 1000000 + math.floor(micros_below)
  local floor = math.floor(micros / tick)
  local is_whole = floor * tick == micros and micros_below % 1 == 0
  return floor, is_whole and floor or floor + 1
end

-- The milliseconds after which a key may expire that matters for so many ticks more.
local function expiry(ticks, tick)
  return math.ceil((ticks + 1) * tick / 1000)
end

local function clock_behind(ticks, tick)
  return 'CLOCKBEHIND what was taken last is ' .. ticks * tick / 1000 .. ' ms ahead of the clock'
end

local LIMITS = 7

-- The claim that begins at a place of ARGV; `after` is the place behind it.
local function read_claim(key, at)
  local count = tonumber(ARGV[at + 6])
  local most, windows = {}, {}
  for limit = 1, count do
    most[limit] = tonumber(ARGV[at + LIMITS + 2 * limit - 2])
    windows[limit] = tonumber(ARGV[at + LIMITS + 2 * limit - 1])
  end
  return {
    key = key,
    algorithm = ARGV[at],
    tick = tonumber(ARGV[at + 1]),
    keep = tonumber(ARGV[at + 2]),
    capacity = tonumber(ARGV[at + 3]),
    permits = tonumber(ARGV[at + 4]),
    advisory = ARGV[at + 5] == '1',
    limits = count,
    -- for each limit its permits, the most that one request may ask for, and the ticks of its window
    rates = most,
    most = most,
    windows = windows,
    after = at + LIMITS + 2 * count,
  }
end

-- AN ALGORITHM is a function that opens the account of a claim's key: it reads what is stored, and returns a table of
--   fault            what is wrong with it, if anything is; then nothing else is there
--   wait(i, n)       ticks from now until the i-th limit has room for n permits; 0 if it has now
--   remaining(i)     how many permits the i-th limit has room for now
--   behind           the ticks until the last of those who wait may go, if there are any
--   has_place(n)     whether so many more can be kept that wait, if it knows reservations
--   take(n, wait)    writes that n permits are taken, now or after so many ticks; wait and remaining then tell how it stands
--   receipt()        the numbers by which refund finds the very permits that were just taken
--   give_back(n, receipt)  writes that n permits were not used after all; returns whether there was something to give back
--   ages()           the ages of the permits that count, the newest first, if it knows them
