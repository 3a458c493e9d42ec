/** The road between phone and server, with its weather: a proxy that can lose requests, lose answers, or be a portal. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
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
    const headers = new Headers()
    for (const name of ['authorization', 'content-type', 'content-encoding', 'content-range', 'accept']) {
      const value = request.headers[name]
      if (typeof value === 'string') headers.set(name, value)
    }
    const body = chunks.length > 0 ? Buffer.concat(chunks) : null
    const answer = await fetch(target + path, { method: request.method ?? 'GET', headers, body })
    const content = Buffer.from(await answer.arrayBuffer())
    if (path === '/api/v1/sync') {
      this.syncs++
      if (body) this.sync_bodies.push(body)
    }
    if (this.weather === 'answer_lost') return void request.socket.destroy()
    response.writeHead(answer.status, { 'Content-Type': answer.headers.get('Content-Type') ?? '' })
    response.end(content)
  }
}
