import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { transport } from '../../src/sync/transport.ts'

const JSON_TYPE = { 'Content-Type': 'application/json' }
const PROBLEM = { 'Content-Type': 'application/problem+json' }

let close = () => {}
afterEach(() => close())

type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void

async function server(answer: Answer) {
  const listening = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    answer(request, response, Buffer.concat(chunks))
  })
  await new Promise<void>((ready) => listening.listen(0, '127.0.0.1', ready))
  close = () => {
    listening.closeAllConnections()
    listening.close()
  }
  return transport(`http://127.0.0.1:${(listening.address() as AddressInfo).port}`)
}

const fixed = (status: number, headers: Record<string, string>, body: string) =>
  server((_, response) => {
    response.writeHead(status, headers)
    response.end(body)
  })

describe('what is no answer', () => {
  test.each([
    ["a captive portal's page", 200, { 'Content-Type': 'text/html' }, '<html>', 'no_answer'],
    ["a captive portal's page for any status", 403, { 'Content-Type': 'text/html' }, '<html>', 'no_answer'],
    ['JSON that is cut short', 200, JSON_TYPE, '{"server_time', 'no_answer'],
    ['a redirect to somewhere else', 302, { Location: 'http://127.0.0.1:9/portal' }, '', 'no_network'],
    [
      "a proxy's page while the server is away",
      502,
      { 'Content-Type': 'text/html' },
      '<html>',
      'unavailable',
    ],
    ["somebody else's 401", 401, JSON_TYPE, '{"error": "log in"}', 'no_answer'],
  ])('%s', async (_, status, headers, body, code) => {
    const send = await fixed(status, headers as unknown as Record<string, string>, body)
    await expect(send('/api/v1/sync', { body: {} })).rejects.toMatchObject({ code })
  })

  test('nobody there', async () => {
    await expect(transport('http://127.0.0.1:9')('/api/v1/sync')).rejects.toMatchObject({
      code: 'no_network',
    })
  })

  test('nothing in time', async () => {
    const send = await server(() => {})
    await expect(send('/', { timeout_ms: 20 })).rejects.toMatchObject({ code: 'timeout' })
  })
})

describe("the server's own problems", () => {
  test.each([
    [401, 'token_expired', 'token_expired'],
    [401, 'unauthenticated', 'unauthenticated'],
    [403, 'forbidden', 'forbidden'],
    [409, 'replica_taken', 'failed'],
    [413, 'too_large', 'too_large'],
    [426, 'client_too_old', 'client_too_old'],
    [429, 'rate_limited', 'rate_limited'],
    [503, 'unavailable', 'unavailable'],
  ])('%i %s', async (status, problem, code) => {
    const send = await fixed(status, { ...PROBLEM, 'Retry-After': '7' }, JSON.stringify({ code: problem }))
    await expect(send('/')).rejects.toMatchObject({ code, problem, retry_after_ms: 7_000 })
  })
})

test('large bodies are sent compressed, with the token, and come out as they were', async () => {
  const body = { text: 'Mật ong bạc hà '.repeat(500) }
  let received: unknown
  let bytes = 0
  const send = await server((request, response, sent) => {
    bytes = sent.length
    received = [request.headers.authorization, JSON.parse(gunzipSync(sent).toString())]
    response.writeHead(200, JSON_TYPE)
    response.end('{"ok": true}')
  })
  expect(await send('/', { body, token: 'abc' })).toEqual({ ok: true })
  expect(received).toEqual(['Bearer abc', body])
  expect(bytes).toBeLessThan(500)
})
