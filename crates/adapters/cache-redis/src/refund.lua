-- Takes one counted try back, as gaara_security_policy::ThrottleState::refund does.
-- KEYS[1] the key. ARGV: now, pace, the grace of the expiry (ms).
local idle_at = redis.call('GET', KEYS[1])
if idle_at then
    local earlier = tonumber(idle_at) - tonumber(ARGV[2])
    local ahead = math.max(earlier - tonumber(ARGV[1]), 0)
    redis.call('SET', KEYS[1], string.format('%.0f', earlier),
        'PX', string.format('%.0f', ahead + tonumber(ARGV[3])))
end
return 0
