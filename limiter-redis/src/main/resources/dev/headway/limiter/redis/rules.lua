-- What the algorithms have in common whose state has a fixed size for each limit. See claims.lua.
--
-- THE STATE of a key is a string: the tick at which permits were last taken, as a double, and then for each limit 20 bytes: the ticks
-- of the window for which it was written, one number as a double, two of 32 bits. What the numbers are, the algorithm's rule says. The
-- rules are those of dev.headway.limiter.algorithm, line by line, in the same whole numbers: all are below 2^53, which the server
-- sees to when a limiter is made, so nothing is rounded and no question of how to divide arises.
--
-- OTHER LIMITS. The number of permits is not in the state, so it may change at any time. When a window has another length than it
-- was written for, what was taken is carried over from the limit with the nearest one, dated to the last request, so nothing is
-- forgotten; receipts from before then find nothing.
--
-- A RULE is a table of functions of an entry { number, first, second } and the index of its limit:
--   untouched()                           the entry of which nothing is known
--   wait(entry, i, n), remaining(entry, i), take(entry, i, n)  as in claims.lua; take changes the entry
--   ticket(entry)                         two numbers by which give_back finds what was just taken
--   give_back(entry, i, n, tick, serial)  changes the entry; returns whether it did
--   carry(entry, from, to)                changes the entry to a window of another length
--   is_blank(entry)                       whether it says no more than that nothing is known
-- It is made for a claim and a time: now and ceiling, which are now rounded down and up, and last, which is when permits were last
-- taken and absent for a key of which nothing is known.

local HEAD, ENTRY = 8, 20

-- The state that is stored, and when permits were last taken.
local function read_state(stored)
  local entries = {}
  for offset = HEAD + 1, #stored, ENTRY do
    local window, number, first, second = struct.unpack('>I4dI4I4', stored, offset)
    entries[#entries + 1] = { window = window, number = number, first = first, second = second }
  end
  return entries, (struct.unpack('>d', stored))
end

local function write_state(entries, windows, last)
  local parts = { struct.pack('>d', last) }
  for limit = 1, #entries do
    local entry = entries[limit]
    parts[limit + 1] = struct.pack('>I4dI4I4', windows[limit], entry.number, entry.first, entry.second)
  end
  return table.concat(parts)
end

local function has_windows(entries, windows)
  for limit = 1, math.max(#entries, #windows) do
    if not entries[limit] or entries[limit].window ~= windows[limit] then
      return false
    end
  end
  return true
end

local function nearest(entries, window)
  local found = entries[1]
  for limit = 2, #entries do
    if math.abs(entries[limit].window - window) < math.abs(found.window - window) then
      found = entries[limit]
    end
  end
  return found
end

local function carry_over(entries, windows, rule)
  local carried = {}
  for limit = 1, #windows do
    local from = nearest(entries, windows[limit])
    local entry = { window = windows[limit], number = from.number, first = from.first, second = from.second }
    rule.carry(entry, from.window, windows[limit])
    carried[limit] = entry
  end
  return carried
end

-- The account of a key whose state is stored so, at a time; nothing is known of a key of which nothing is stored.
local function open_state(claim, make_rule, time, stored)
  local key, keep, windows = claim.key, claim.keep, claim.windows
  local entries = {}
  if stored then
    entries, time.last = read_state(stored)
  end
  local rule = make_rule(claim, time)
  local is_current = has_windows(entries, windows)
  if not stored then
    for limit = 1, claim.limits do
      entries[limit] = rule.untouched()
    end
  elseif not is_current then
    entries = carry_over(entries, windows, rule)
  end

  if stored and time.last - time.now > keep then
    return { fault = clock_behind(time.last - time.now, claim.tick) }
  end

  local account = { entries = entries, is_current = is_current }

  -- The state as it is stored.
  function account.image()
    return write_state(entries, windows, time.last)
  end

  function account.wait(limit, permits)
    return rule.wait(entries[limit], limit, permits)
  end

  function account.remaining(limit)
    return rule.remaining(entries[limit], limit)
  end

  function account.take(permits)
    for limit = 1, #entries do
      rule.take(entries[limit], limit, permits)
    end
    time.last = math.max(time.last or time.ceiling, time.ceiling)
    redis.call('SET', key, account.image(), 'PX', expiry(time.last - time.now + keep, claim.tick))
  end

  function account.receipt()
    local receipt = {}
    for limit = 1, #entries do
      receipt[2 * limit - 1], receipt[2 * limit] = rule.ticket(entries[limit])
    end
    return receipt
  end

  -- Takes permits out of the entries, without writing; returns whether there was something to take out.
  function account.without(permits, receipt)
    local given = false
    for limit = 1, #entries do
      local tick, serial = receipt[2 * limit - 1], receipt[2 * limit]
      given = is_current and rule.give_back(entries[limit], limit, permits, tick, serial) or given
    end
    return given
  end

  function account.is_blank()
    local blank = true
    for limit = 1, #entries do
      blank = blank and rule.is_blank(entries[limit])
    end
    return blank
  end

  function account.give_back(permits, receipt)
    local given = account.without(permits, receipt)
    if given and account.is_blank() then
      redis.call('DEL', key)
    elseif given then
      redis.call('SET', key, account.image(), 'KEEPTTL')
    end
    return given
  end

  function account.ages()
    return {}
  end

  return account
end

local function is_state(stored)
  return #stored > HEAD and (#stored - HEAD) % ENTRY == 0
end

local function no_state(stored)
  return { fault = 'NOTASTATE ' .. #stored .. ' bytes are no date and entries of ' .. ENTRY .. ' bytes' }
end

local function read_time(claim)
  local time = {}
  time.now, time.ceiling = moment(claim.tick)
  return time
end

local function open_rules(claim, make_rule)
  local stored = redis.call('GET', claim.key)
  if stored and not is_state(stored) then
    return no_state(stored)
  end
  return open_state(claim, make_rule, read_time(claim), stored)
end
