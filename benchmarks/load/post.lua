-- A POST with a small body that is no job: admitted ones are answered 422, the others 429.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"padding":"' .. string.rep("x", 280) .. '"}'
