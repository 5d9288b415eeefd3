-- Those who wait for a key that owes, see debt.lua and dev.headway.limiter.algorithm.Line.
--
-- THE LINE. A reservation is a request still to come: it is told the first tick at which it fits behind all others, and owes from that
-- tick on. While somebody waits, two states are stored and the line between them. One is the key as it was when permits were last
-- taken, the other as it will be when all have gone, dated to the last place. By that one all who come are answered, so a long line is as
-- quick as a short one; and when the last place's time has come it is the state of the key, without anything having been done. The
-- first one and the places are there for who changes his mind: a place that is given back is taken out, and the future is made anew
-- of all others, which keep their times.
--
-- THE STRING begins with four bytes that no state begins with: they would be a date that is no number. Then come the number of limits,
-- the time that was reached when it was written, the future, the present, and for each place, in order, its tick as a double, its
-- permits, how many permits the places had that have left the line just before it, and for each limit the permits by which it was told.
--
-- SERIAL NUMBERS are told with the place. Those of who leaves the line stay between the others, for they have been told theirs, as debts
-- do after a refund: so they are counted as standing there still when who went earlier gives permits back. Those who leave the end of
-- the line leave no gap. The serial of a place is told with a bit more than it has, so that it is not taken for that of permits.

local MARK, LINE_HEAD, PLACE, RATE = '\255\255\255\255', 16, 16, 4
local MOST_PLACES = 1000
local PLACED = SERIALS

local function is_line(stored)
  return stored and string.sub(stored, 1, #MARK) == MARK
end

-- What is stored of a line, or nothing if it is none.
local function read_line(stored)
  if #stored <= LINE_HEAD then
    return nil
  end
  local limits, reached = struct.unpack('>I4d', stored, #MARK + 1)
  local state = HEAD + ENTRY * limits
  local head, place = LINE_HEAD + 2 * state, PLACE + RATE * limits
  if #stored <= head or (#stored - head) % place ~= 0 then
    return nil
  end
  return {
    limits = limits,
    reached = reached,
    future = string.sub(stored, LINE_HEAD + 1, LINE_HEAD + state),
    present = string.sub(stored, LINE_HEAD + state + 1, head),
    places = string.sub(stored, head + 1),
  }
end

local function read_place(places, at, limits)
  local tick, permits, gap = struct.unpack('>dI4I4', places, at)
  local rates = {}
  for limit = 1, limits do
    rates[limit] = (struct.unpack('>I4', places, at + PLACE + RATE * (limit - 1)))
  end
  return { tick = tick, permits = permits, gap = gap, rates = rates }
end

local function write_place(place)
  local parts = { struct.pack('>dI4I4', place.tick, place.permits, place.gap) }
  for limit = 1, #place.rates do
    parts[limit + 1] = struct.pack('>I4', place.rates[limit])
  end
  return table.concat(parts)
end

local function read_places(places, limits)
  local list = {}
  for at = 1, #places, PLACE + RATE * limits do
    list[#list + 1] = read_place(places, at, limits)
  end
  return list
end

local function write_places(list)
  local parts = {}
  for number = 1, #list do
    parts[number] = write_place(list[number])
  end
  return table.concat(parts)
end

-- Lets a place go: from its tick on, its permits are owed.
local function go(entries, time, place, windows)
  for limit = 1, #windows do
    local entry = entries[limit]
    local left = left_at(entry.number, time.last, place.tick, place.rates[limit])
    entry.number = left + place.permits * windows[limit]
    entry.first = (entry.first + place.gap + place.permits) % SERIALS
  end
  time.last = math.max(time.last, place.tick)
end

local function open_owing(claim, make_rule)
  local key, keep, windows = claim.key, claim.keep, claim.windows
  local time = read_time(claim)
  local stored = redis.call('GET', key)
  local line = is_line(stored) and read_line(stored)
  if stored and not line and not is_state(stored) then
    return no_state(stored)
  end
  if line and line.reached - time.now > keep then
    return { fault = clock_behind(line.reached - time.now, claim.tick) }
  end

  -- What the key will be, and when; nothing if nobody waits.
  local future, ahead
  local present, places = nil, ''

  local function see(image)
    local date = struct.unpack('>d', image)
    ahead = { now = date, ceiling = date }
    future = open_state(claim, make_rule, ahead, image)
  end

  local function stand(place)
    go(future.entries, ahead, place, windows)
    ahead.now, ahead.ceiling = ahead.last, ahead.last
  end

  -- Makes the future of the present and of those who wait.
  local function renew(list)
    see(present.image())
    for number = 1, #list do
      stand(list[number])
    end
    places = write_places(list)
  end

  if line and struct.unpack('>d', line.future) > time.now then
    present = open_state(claim, make_rule, time, line.present)
    places = line.places
    if present.is_current then
      see(line.future)
    else
      local list = read_places(places, line.limits)
      for number = 1, #list do
        list[number].rates = claim.rates
      end
      renew(list)
    end
  else
    present = open_state(claim, make_rule, time, line and line.future or stored)
  end
  if present.fault then
    return present
  end

  -- Lets all go whose time has come.
  local function settle()
    local at = 1
    while at < #places do
      local place = read_place(places, at, claim.limits)
      if place.tick > time.now then
        break
      end
      go(present.entries, time, place, windows)
      at = at + PLACE + RATE * claim.limits
    end
    places = string.sub(places, at)
  end

  local function write(...)
    local head = MARK .. struct.pack('>I4d', claim.limits, math.max(time.ceiling, line and line.reached or time.ceiling))
    redis.call('SET', key, head .. future.image() .. present.image() .. places, ...)
  end

  local account = { behind = future and ahead.now - time.now }

  function account.wait(limit, permits)
    return future and ahead.now - time.now + future.wait(limit, permits) or present.wait(limit, permits)
  end

  function account.remaining(limit)
    return future and 0 or present.remaining(limit)
  end

  function account.has_place()
    return #places < MOST_PLACES * (PLACE + RATE * claim.limits)
  end

  -- Who waits for a key of which nothing is known, since he was told to, finds one that owes nothing.
  local function begin()
    time.last = time.ceiling
    for limit = 1, claim.limits do
      present.entries[limit].first = time.ceiling % SERIALS
    end
  end

  function account.take(permits, wait)
    if wait == 0 then
      return present.take(permits)
    end
    if not time.last then
      begin()
    end
    if not future then
      see(present.image())
    end
    settle()
    local place = { tick = time.now + wait, permits = permits, gap = 0, rates = claim.rates }
    stand(place)
    places = places .. write_place(place)
    write('PX', expiry(ahead.now - time.now + keep, claim.tick))
  end

  function account.receipt()
    if not future then
      return present.receipt()
    end
    local receipt = future.receipt()
    for limit = 1, claim.limits do
      receipt[2 * limit] = receipt[2 * limit] + PLACED
    end
    return receipt
  end

  -- Leaves the line; of several places that are alike the last one is free, which is the same.
  local function leave(permits, tick)
    local list = read_places(places, claim.limits)
    local at = #list
    while at > 0 and (list[at].tick ~= tick or list[at].permits ~= permits) do
      at = at - 1
    end
    if at == 0 then
      return false
    end
    local left = table.remove(list, at)
    if list[at] then
      list[at].gap = list[at].gap + left.gap + left.permits
    end
    if #list == 0 then
      redis.call('SET', key, present.image(), 'KEEPTTL')
    else
      renew(list)
      write('KEEPTTL')
    end
    return true
  end

  function account.give_back(permits, receipt)
    settle()
    if receipt[2] >= PLACED and time.last and receipt[1] > time.last then
      return leave(permits, receipt[1])
    end
    for limit = 1, claim.limits do
      receipt[2 * limit] = receipt[2 * limit] % SERIALS
    end
    if not future then
      return present.give_back(permits, receipt)
    end
    if not present.without(permits, receipt) then
      return false
    end
    renew(read_places(places, claim.limits))
    write('KEEPTTL')
    return true
  end

  function account.ages()
    local list, ages = read_places(places, claim.limits), {}
    for number = #list, 1, -1 do
      for _ = 1, list[number].tick > time.now and list[number].permits or 0 do
        ages[#ages + 1] = time.now - list[number].tick
      end
    end
    return ages
  end

  return account
end
