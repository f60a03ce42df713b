-- One try by the generic cell rate algorithm, as gaara_security_policy::ThrottleState decides it.
-- KEYS[1] the key. ARGV: now, pace, burst, the last instant there is, the grace of the expiry (ms).
-- Answers 0 when the try is allowed, else the milliseconds to wait.
local now, pace, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local idle_at = tonumber(redis.call('GET', KEYS[1]) or now)
local next_idle_at = math.min(math.max(idle_at, now) + pace, tonumber(ARGV[4]))
local ahead = next_idle_at - now
if ahead > burst then
    return ahead - burst
end
-- %.0f, because a large number may otherwise be written with an exponent, which PX does not read.
redis.call('SET', KEYS[1], string.format('%.0f', next_idle_at),
    'PX', string.format('%.0f', ahead + tonumber(ARGV[5])))
return 0
