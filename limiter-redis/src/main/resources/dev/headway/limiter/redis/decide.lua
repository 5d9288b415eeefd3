-- Decides one request, or tells how it would be decided. See log.lua.
--
-- ARGV[5]  'take'; 'look' only tells; 'list' also lists the permits
-- ARGV[6]  permits asked for
-- ARGV[7…] for each limit its permits and the ticks of its window
--
-- Answers integers: 1 when allowed, else 0; the stamp of the permits, if they are taken; then for each limit, in ticks
-- from now
--   the wait until this limit would admit the request, 0 when it does
--   the permits that are taken
--   the wait until more permits are free than now, 0 when none is taken
--   the wait until all are free
-- and at last, if asked to list, the ages of the permits that still count, the newest first.

local FIRST_LIMIT = 7

local mode = ARGV[5]
local permits = tonumber(ARGV[6])

-- The ticks from now until the permit at a place has left a window, the new permits included.
local function wait_at(place, length)
  local age = place < held and age_at(place) or now - stamp
  return math.max(0, length - age)
end

local allowed = true
local live = {}
for limit = FIRST_LIMIT, #ARGV, 2 do
  live[limit] = first_live(tonumber(ARGV[limit + 1]))
  allowed = allowed and held - live[limit] + permits <= tonumber(ARGV[limit])
end
local taken = allowed and mode == 'take' and permits or 0

local answer = { allowed and 1 or 0, stamp % WRAP }
local last = held + taken - 1
local oldest = held
for limit = FIRST_LIMIT, #ARGV, 2 do
  local most, length, first = tonumber(ARGV[limit]), tonumber(ARGV[limit + 1]), live[limit]
  local obstacle = held - 1 - (most - permits)
  local refuses = not allowed and obstacle >= first
  answer[#answer + 1] = refuses and wait_at(obstacle, length) or 0
  answer[#answer + 1] = last + 1 - first
  answer[#answer + 1] = last < first and 0 or wait_at(math.max(first, last + 1 - most), length)
  answer[#answer + 1] = last < first and 0 or wait_at(last, length)
  oldest = math.min(oldest, first)
end

if mode == 'list' then
  for place = held - 1, oldest, -1 do
    answer[#answer + 1] = math.max(0, age_at(place))
  end
end

if taken == 0 then
  return answer
end

local fresh = string.rep(struct.pack('>I4', stamp % WRAP), taken)
local expiry = math.ceil((stamp - now + keep + 1) * tick / 1000)
local dead = first_live(keep)
if whole then
  redis.call('SET', key, string.sub(whole, dead * STAMP + 1) .. fresh, 'PX', expiry)
elseif held == 0 or dead >= capacity or age_at(0) >= OLDEST then
  local kept = dead < held and redis.call('GETRANGE', key, dead * STAMP, -1) or ''
  redis.call('SET', key, kept .. fresh, 'PX', expiry)
else
  redis.call('APPEND', key, fresh)
  redis.call('PEXPIRE', key, expiry)
end
return answer
