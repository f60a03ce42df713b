-- One request, as gaara_security_policy::RateState decides it: both windows or neither.
-- KEYS[1] the key. ARGV: now (ms; empty for the clock of Redis), the grace of the expiry (ms), and
-- pace and burst (ms) of the minute and of the hour.
-- Answers now, when either window would be idle again, and the milliseconds to wait.
local now = tonumber(ARGV[1])
if not now then
    local time = redis.call('TIME')
    now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
local stored = redis.call('GET', KEYS[1])
local idle_at = {}
if stored then
    idle_at[1], idle_at[2] = string.match(stored, '^(%d+) (%d+)$')
end
local start, next_at, wait = {}, {}, 0
for window = 1, 2 do
    local pace, burst = tonumber(ARGV[1 + 2 * window]), tonumber(ARGV[2 + 2 * window])
    start[window] = math.max(math.min(tonumber(idle_at[window]) or now, now + burst), now)
    next_at[window] = start[window] + pace
    wait = math.max(wait, next_at[window] - now - burst)
end
if wait > 0 then
    return {now, start[1], start[2], wait}
end
-- %.0f, because a large number may otherwise be written with an exponent.
redis.call('SET', KEYS[1], string.format('%.0f %.0f', next_at[1], next_at[2]),
    'PX', string.format('%.0f', math.max(next_at[1], next_at[2]) - now + tonumber(ARGV[2])))
return {now, next_at[1], next_at[2], 0}
