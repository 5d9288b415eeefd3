-- Gives permits back: the very ones that were taken, which are known by their stamp. See log.lua.
--
-- Permits of one tick are interchangeable, so it does not matter which of them go. To take the newest or the oldest
-- instead would either forget a permit that was used or keep one that was not.
--
-- ARGV[5]  the stamp
-- ARGV[6]  how many permits
--
-- Answers 1, or 0 when they have left the log by themselves.

local mine = tonumber(ARGV[5])
local permits = tonumber(ARGV[6])

local first = first_younger(age_of(mine) + 1)
local after = first + permits
if age_of(mine) + (reached - now) >= keep or after > held or read(first) ~= mine or read(after - 1) ~= mine then
  return { 0 }
end

local log = whole or redis.call('GET', key)
local rest = string.sub(log, 1, first * STAMP) .. string.sub(log, after * STAMP + 1)
if rest == '' then
  redis.call('DEL', key)
else
  redis.call('SET', key, rest, 'KEEPTTL')
end
return { 1 }
