/** The road between phone and server, with its weather: a proxy that can lose requests, lose answers, or be a portal. */
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as open_request,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'

export type Weather = 'fine' | 'request_lost' | 'answer_lost' | 'portal' | 'tokens_expired' | 'too_old'

export class Road {
  weather: Weather = 'fine'
  /** Bodies that reached the server's /sync. */
  syncs = 0
  /** What is in them, as it was sent. */
  sync_bodies: Buffer[] = []
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(target: string): Promise<Road> {
    const server = createServer()
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const road = new Road(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    server.on('request', (request, response) => void road.carry(target, request, response))
    return road
  }

  close(): void {
    this.server.closeAllConnections()
    this.server.close()
  }

  private async carry(target: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (this.weather === 'request_lost') return void request.socket.destroy()
    if (this.weather === 'portal') {
      response.writeHead(200, { 'Content-Type': 'text/html' })
      return void response.end('<html><title>Wi-Fi</title>Please sign in to the network</html>')
    }
    const path = request.url ?? '/'
    if (this.weather === 'tokens_expired' && path !== '/api/v1/auth/login') {
      response.writeHead(401, { 'Content-Type': 'application/problem+json' })
      return void response.end('{"type":"about:blank","title":"Expired","status":401,"code":"token_expired"}')
    }
    if (this.weather === 'too_old' && path === '/api/v1/sync') {
      response.writeHead(426, { 'Content-Type': 'application/problem+json' })
      return void response.end(
        '{"type":"about:blank","title":"Too old","status":426,"code":"client_too_old"}',
      )
    }
    const headers: IncomingHttpHeaders = {}
    for (const name of ['authorization', 'content-type', 'content-encoding', 'content-range', 'accept'])
      if (request.headers[name]) headers[name] = request.headers[name]
    const body = Buffer.concat(chunks)
    const answer = await ask(target + path, request.method ?? 'GET', headers, body).catch(() => null)
    // A server that is stopped meanwhile is a road that ends.
    if (!answer) return void request.socket.destroy()
    if (path === '/api/v1/sync') {
      this.syncs++
      this.sync_bodies.push(body)
    }
    if (this.weather === 'answer_lost') return void request.socket.destroy()
    response.writeHead(answer.status, { 'Content-Type': answer.content_type })
    response.end(answer.content)
  }
}

/** By a connection of its own: one that was kept may be closed by the server just when it is used again. */
function ask(url: string, method: string, headers: IncomingHttpHeaders, body: Buffer) {
  return new Promise<{ status: number; content_type: string; content: Buffer }>((resolve, reject) => {
    const asked = open_request(url, { method, headers, agent: false }, async (answer) => {
      const content: Buffer[] = []
      try {
        for await (const chunk of answer) content.push(chunk as Buffer)
      } catch (error) {
        return reject(error)
      }
      resolve({
        status: answer.statusCode ?? 502,
        content_type: answer.headers['content-type'] ?? '',
        content: Buffer.concat(content),
      })
    })
    asked.on('error', reject)
    asked.end(body)
  })
}
