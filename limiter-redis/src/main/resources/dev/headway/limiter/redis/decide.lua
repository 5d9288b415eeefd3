-- Decides about claims, all or none, or tells how they would be decided. See claims.lua.
--
-- ARGV[2]  'take'; 'look' only tells; 'list' also lists the permits; 'lease' may take more than asked for, and 'reserve' takes them
--          for later
-- ARGV[3…] the claims
-- then     for 'lease', of one claim: the most permits to take, and by which part of what remains the number is bounded at any rate
--          for 'reserve', of one claim: the most ticks to wait, and the least
--
-- Or, to decide about keys one after the other, each by itself, a key may then be there twice:
-- ARGV[2]  'each'
-- ARGV[3…] one claim for all keys
-- then     the permits asked for of each key; one of each, if that is not said
--
-- Answers for each claim, or each key, an array of integers; or for a key, if something was wrong, a text that says what:
--   1 when it fits, 0 when it does not, -1 when it never can; one that fits is taken if all others fit that are not advisory
--   the permits that were taken
--   for each limit, in ticks from now
--     the wait until this limit would admit the request, 0 when it does
--     the permits that remain, what was taken here counted
--     the wait until more remain than that, 0 when all do
--     the wait until all remain
--   then the receipt, if permits were taken; or, if asked to list, the ages of the permits that still count, the newest first.

local NEVER, REFUSED, FITS = -1, 0, 1

local mode = ARGV[2]

-- Who comes behind others is refused by the limits without room behind them, if there are any, and else by all.
local function name_those_without_room(claim, behind)
  for limit = 1, claim.limits do
    claim.waits[limit] = claim.waits[limit] > behind and claim.waits[limit] or 0
  end
end

local function judge(claim, account)
  local waits, longest, outcome = {}, 0, FITS
  for limit = 1, claim.limits do
    local possible = claim.permits <= claim.most[limit]
    waits[limit] = possible and account.wait(limit, claim.permits) or 0
    longest = math.max(longest, waits[limit])
    outcome = possible and outcome or NEVER
  end
  claim.waits, claim.longest = waits, longest
  if account.behind and longest > account.behind then
    name_those_without_room(claim, account.behind)
  end
  return outcome == FITS and longest > 0 and REFUSED or outcome
end

-- A reservation waits for room, and for so long as it is told to; the latter is told as the first limit's wait.
local function judge_reservation(claim, account, most, least)
  claim.longest = math.max(claim.longest, least)
  claim.waits[1] = math.max(claim.waits[1], least)
  if claim.longest == 0 then
    return FITS
  end
  return claim.longest <= most and account.has_place(claim.permits) and FITS or REFUSED
end

-- So many permits beside those that are needed are taken that the others find their share of what remains.
local function lease(claim, account, at)
  local remaining = account.remaining(1)
  for limit = 2, claim.limits do
    remaining = math.min(remaining, account.remaining(limit))
  end
  return math.max(claim.permits, math.min(tonumber(ARGV[at]), math.floor(remaining / tonumber(ARGV[at + 1]))))
end

local function answer(claim, account, outcome, taken)
  local numbers = { outcome, taken }
  for limit = 1, claim.limits do
    local remaining, most = account.remaining(limit), claim.most[limit]
    numbers[#numbers + 1] = claim.waits[limit]
    numbers[#numbers + 1] = remaining
    numbers[#numbers + 1] = remaining == most and 0 or account.wait(limit, remaining + 1)
    numbers[#numbers + 1] = remaining == most and 0 or account.wait(limit, most)
  end
  local rest = taken > 0 and account.receipt() or mode == 'list' and account.ages() or {}
  for place = 1, #rest do
    numbers[#numbers + 1] = rest[place]
  end
  return numbers
end

-- Decides about a key as if it were the only one, by the one claim that there is for all.
local function decide_alone(number)
  local claim = read_claim(KEYS[number], 3)
  claim.permits = tonumber(ARGV[claim.after + number - 1] or 1)
  local account = algorithms[claim.algorithm](claim)
  if account.fault then
    return account.fault
  end
  local outcome = judge(claim, account)
  local taken = outcome == FITS and claim.permits or 0
  if taken > 0 then
    account.take(taken, 0)
  end
  return answer(claim, account, outcome, taken)
end

if mode == 'each' then
  local answers = {}
  for number = 1, #KEYS do
    local is_done, result = pcall(decide_alone, number)
    answers[number] = is_done and result or type(result) == 'table' and result.err or tostring(result)
  end
  return answers
end

local claims, accounts, outcomes = {}, {}, {}
local at, admitted = 3, mode ~= 'look' and mode ~= 'list'
for number = 1, #KEYS do
  local claim = read_claim(KEYS[number], at)
  local account = algorithms[claim.algorithm](claim)
  if account.fault then
    return redis.error_reply(account.fault)
  end
  local outcome = judge(claim, account)
  at = claim.after
  if mode == 'reserve' and outcome ~= NEVER then
    outcome = judge_reservation(claim, account, tonumber(ARGV[at]), tonumber(ARGV[at + 1]))
  end
  admitted = admitted and (outcome == FITS or claim.advisory)
  claims[number], accounts[number], outcomes[number] = claim, account, outcome
end

local answers = {}
for number = 1, #KEYS do
  local claim, account, outcome = claims[number], accounts[number], outcomes[number]
  local taken = 0
  if admitted and outcome == FITS then
    taken = mode == 'lease' and lease(claim, account, at) or claim.permits
    account.take(taken, claim.longest)
  end
  answers[number] = answer(claim, account, outcome, taken)
end
return answers
