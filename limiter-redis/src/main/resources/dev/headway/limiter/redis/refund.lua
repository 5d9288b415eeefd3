-- Gives permits back: the very ones that were taken, which are known by their receipt. See claims.lua.
--
-- ARGV[2…] the claim
-- then     the receipt
--
-- Answers 1, or 0 when there is nothing to give back any more.

local claim = read_claim(KEYS[1], 2)
local account = algorithms[claim.algorithm](claim)
if account.fault then
  return redis.error_reply(account.fault)
end
local receipt = {}
for place = claim.after, #ARGV do
  receipt[#receipt + 1] = tonumber(ARGV[place])
end
return { account.give_back(claim.permits, receipt) and 1 or 0 }
