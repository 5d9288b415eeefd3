"""The same two routes on FastAPI, limited by slowapi where it is installed, else by the library that slowapi wraps."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

app = FastAPI()

try:
    from slowapi import Limiter, _rate_limit_exceeded_handler
    from slowapi.errors import RateLimitExceeded
    from slowapi.util import get_remote_address

    limiter = Limiter(key_func=get_remote_address, headers_enabled=True)
    app.state.limiter = limiter
    app.add_exception_handler(RateLimitExceeded, _rate_limit_exceeded_handler)

    @app.get("/limited")
    @limiter.limit("10/minute")
    async def limited(request: Request):
        return JSONResponse({"jobs": []})

except ImportError:
    from limits import parse
    from limits.storage import MemoryStorage
    from limits.strategies import MovingWindowRateLimiter

    window = MovingWindowRateLimiter(MemoryStorage())
    rate = parse("10/minute")

    @app.get("/limited")
    async def limited(request: Request):
        if window.hit(rate, "limited", request.client.host):
            return JSONResponse({"jobs": []})
        return JSONResponse({"error": "Rate limit exceeded: 10 per 1 minute"}, 429, {"Retry-After": "60"})


@app.get("/health")
async def health():
    return {"status": "healthy"}
