/** The road of a storm: a `fetch` that loses, cuts, doubles and delays, and strangers who answer in the server's place. */
import type { Random } from './random.ts'
import type { Server } from './server.ts'

export type Sky = 'fine' | 'storm' | 'none' | 'too_old'

const FAULTS = {
  request_lost: 3,
  answer_lost: 4,
  answer_cut: 2,
  doubled: 2,
  delayed: 3,
  portal: 1,
  portal_json: 1,
  redirect: 1,
  too_large: 2,
  rate_limited: 1,
  unavailable: 1,
  bad_gateway: 1,
  token_expired: 3,
} as const
export type Fault = keyof typeof FAULTS

interface Letter {
  url: string
  init: RequestInit
}

const lost = () => new TypeError('fetch failed')
const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ type: 'about:blank', title: code, status, code }), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  })

/** Puts a fault of the client between it and the server, to see whether it is noticed. */
export interface Forger {
  request?(body: { mutations: Record<string, unknown>[]; cursor: string | null }): void
  answer?(body: Record<string, unknown>): void
}

export class Weather {
  sky: Sky = 'fine'
  /** How many of the requests go wrong in a storm. */
  luck = 0.35
  forger: Forger | null = null
  /** Under way for longer than the phone waited. */
  readonly late: Letter[] = []
  readonly met = new Map<Fault, number>()
  private readonly real = globalThis.fetch

  constructor(
    private readonly random: Random,
    private readonly server: Server,
  ) {}

  /** One fault at the n-th request from now on, whatever the sky. */
  break_at(request: number, fault: Fault): void {
    this.next = { request, fault }
  }

  private next: { request: number; fault: Fault } | null = null

  private chosen(): Fault | null {
    if (this.next && --this.next.request === 0) return this.next.fault
    return this.sky === 'storm' && this.random.chance(this.luck) ? this.random.weighed(FAULTS) : null
  }

  /** Delivers one request of long ago; nobody waits for its answer. */
  async deliver(): Promise<void> {
    const [letter] = this.late.splice(this.random.below(this.late.length), 1)
    if (letter) await this.real(letter.url, letter.init).then((answer) => answer.text())
  }

  readonly fetch = async (asked: RequestInfo | URL, options: RequestInit = {}): Promise<Response> => {
    const url = String(asked)
    const { signal: _, redirect: __, ...init } = options
    const is_sync = url.endsWith('/api/v1/sync')
    if (this.sky === 'none') throw lost()
    if (this.sky === 'too_old') return problem(426, 'client_too_old')
    const fault = this.chosen()
    if (fault) this.met.set(fault, (this.met.get(fault) ?? 0) + 1)
    const forged = is_sync ? await this.forged_request(init) : init
    if (fault === null) return this.passed(url, forged)
    return this.struck(fault, url, forged, is_sync)
  }

  private async struck(fault: Fault, url: string, init: RequestInit, is_sync: boolean): Promise<Response> {
    switch (fault) {
      case 'request_lost':
      case 'redirect': // the browser was told to follow none
        throw lost()
      case 'answer_lost':
        await (await this.real(url, init)).text()
        throw lost()
      case 'answer_cut': {
        const answer = await this.real(url, init)
        const text = await answer.text()
        const { status } = answer
        const headers = { 'Content-Type': answer.headers.get('Content-Type') ?? '' }
        return new Response(text.slice(0, text.length >> 1) || '{', { status, headers })
      }
      case 'doubled':
        await (await this.real(url, init)).text()
        return this.passed(url, init)
      case 'delayed':
        if (is_sync) this.late.push({ url, init })
        throw new DOMException('too slow', 'TimeoutError')
      case 'portal':
        return new Response('<html>Wi-Fi</html>', { headers: { 'Content-Type': 'text/html' } })
      case 'portal_json':
        return new Response('{"ok": true}', { headers: { 'Content-Type': 'application/json' } })
      case 'too_large':
        return problem(413, 'too_large')
      case 'rate_limited':
        return problem(429, 'rate_limited', { 'Retry-After': '30' })
      case 'unavailable':
        return problem(503, 'unavailable', { 'Retry-After': '2' })
      case 'bad_gateway':
        return new Response('<html>', { status: 502, headers: { 'Content-Type': 'text/html' } })
      case 'token_expired':
        return this.passed(url, await this.with_expired_token(init, is_sync))
    }
  }

  private async with_expired_token(init: RequestInit, is_sync: boolean): Promise<RequestInit> {
    const headers = new Headers(init.headers)
    const token = headers.get('Authorization')?.slice('Bearer '.length)
    if (!token || !is_sync) return init
    const expired = await this.server.tell<{ token: string }>('expired', { token })
    headers.set('Authorization', `Bearer ${expired.token}`)
    return { ...init, headers }
  }

  private async passed(url: string, init: RequestInit): Promise<Response> {
    const answer = await this.real(url, init)
    if (!this.forger?.answer || !url.endsWith('/api/v1/sync') || !answer.ok) return answer
    const body = (await answer.json()) as Record<string, unknown>
    this.forger.answer(body)
    return new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } })
  }

  private async forged_request(init: RequestInit): Promise<RequestInit> {
    if (!this.forger?.request) return init
    const headers = new Headers(init.headers)
    const sent = new Response(init.body as BodyInit).body as ReadableStream
    const plain = headers.has('Content-Encoding') ? sent.pipeThrough(new DecompressionStream('gzip')) : sent
    const body = (await new Response(plain).json()) as { mutations: never[]; cursor: string | null }
    this.forger.request(body)
    headers.delete('Content-Encoding')
    return { ...init, headers, body: JSON.stringify(body) }
  }
}
