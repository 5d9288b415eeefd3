-- Gives permits back, of one key or of several: the very ones that were taken, which are known by their receipts. See claims.lua.
--
-- ARGV[2…] for each key, all of which are different: the claim, how many numbers its receipt has, and these
--
-- Answers for each key 1, or 0 when there is nothing to give back any more. If one of them cannot be read, none is changed.

local accounts, receipts, permits = {}, {}, {}
local at = 2
for number = 1, #KEYS do
  local claim = read_claim(KEYS[number], at)
  local account = algorithms[claim.algorithm](claim)
  if account.fault then
    return redis.error_reply(account.fault)
  end
  at = claim.after + 1 + tonumber(ARGV[claim.after])
  local receipt = {}
  for place = claim.after + 1, at - 1 do
    receipt[#receipt + 1] = tonumber(ARGV[place])
  end
  accounts[number], receipts[number], permits[number] = account, receipt, claim.permits
end

local given = {}
for number = 1, #KEYS do
  given[number] = accounts[number].give_back(permits[number], receipts[number]) and 1 or 0
end
return given
