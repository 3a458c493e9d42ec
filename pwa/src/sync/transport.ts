/** One request to our server: its answer, or a `TransportError` that says why there is none. */

export type TransportCode =
  | 'no_network'
  | 'no_answer'
  | 'timeout'
  | 'too_large'
  | 'token_expired'
  | 'unauthenticated'
  | 'forbidden'
  | 'client_too_old'
  | 'rate_limited'
  | 'unavailable'
  | 'failed'

export class TransportError extends Error {
  constructor(
    readonly code: TransportCode,
    /** The server's own problem code, where it gave one. */
    readonly problem: string | null = null,
    readonly retry_after_ms: number | null = null,
    /** Codes per field, with `invalid`. */
    readonly errors: unknown = null,
  ) {
    super(problem ?? code)
    this.name = 'TransportError'
  }
}

/** Who was shut out asked once more, and the person was erased since. */
export const is_erased = (error: unknown): boolean =>
  error instanceof TransportError && error.problem === 'erased'

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH'
  /** Sent as JSON; an `ArrayBuffer` as it is. */
  body?: unknown
  /** Which part of something larger the body is. */
  range?: string
  token?: string | null
  timeout_ms?: number
}

/** Resolves to the JSON that came, or to the bytes of a picture or a recording. */
export type Send = (path: string, options?: RequestOptions) => Promise<unknown>

const TIMEOUT_MS = 60_000
const GZIP_FROM_BYTES = 1_024

const CODES: Record<number, TransportCode> = {
  401: 'unauthenticated',
  403: 'forbidden',
  413: 'too_large',
  426: 'client_too_old',
  429: 'rate_limited',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
}

async function encode(body: unknown, headers: Headers): Promise<BodyInit> {
  if (body instanceof ArrayBuffer) {
    headers.set('Content-Type', 'application/octet-stream')
    return body
  }
  const text = JSON.stringify(body)
  headers.set('Content-Type', 'application/json')
  if (text.length < GZIP_FROM_BYTES || typeof CompressionStream === 'undefined') return text
  headers.set('Content-Encoding', 'gzip')
  const zipped = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Response(zipped).arrayBuffer()
}

/** Seconds or a date, as HTTP has it. */
function retry_after_ms(headers: Headers): number | null {
  const value = headers.get('Retry-After')
  if (value === null) return null
  const seconds = Number(value)
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - Date.now()
  return ms >= 0 ? ms : null
}

function refusal(status: number, headers: Headers, body: unknown): TransportError {
  const { code: problem, errors } = (body ?? {}) as { code?: unknown; errors?: unknown }
  // A portal may answer with any status; only our own problem document speaks for our server.
  if (typeof problem !== 'string') {
    return new TransportError(status === 413 ? 'too_large' : status >= 500 ? 'unavailable' : 'no_answer')
  }
  const code = problem === 'token_expired' ? 'token_expired' : (CODES[status] ?? 'failed')
  return new TransportError(code, problem, retry_after_ms(headers), errors ?? null)
}

/** `origin` is empty in the browser. */
export function transport(origin = ''): Send {
  return async (path, { method = 'POST', body, range, token, timeout_ms = TIMEOUT_MS } = {}) => {
    const headers = new Headers({ Accept: 'application/json' })
    if (token) headers.set('Authorization', `Bearer ${token}`)
    if (range) headers.set('Content-Range', range)
    const encoded = body === undefined ? null : await encode(body, headers)
    try {
      const response = await fetch(origin + path, {
        method,
        headers,
        body: encoded,
        signal: AbortSignal.timeout(timeout_ms),
        redirect: 'error',
        cache: 'no-store',
        credentials: 'omit',
      })
      const type = response.headers.get('Content-Type') ?? ''
      if (response.ok && /^(image|audio)\//.test(type)) return await response.arrayBuffer()
      const is_json = /^application\/(problem\+)?json\b/.test(type)
      const text = response.status === 204 ? 'null' : await response.text()
      const answer = is_json || response.status === 204 ? parse(text) : null
      if (!response.ok) throw refusal(response.status, response.headers, answer)
      if (!is_json && response.status !== 204) throw new TransportError('no_answer')
      return answer
    } catch (error) {
      if (error instanceof TransportError) throw error
      const name = (error as Error | null)?.name
      throw new TransportError(name === 'TimeoutError' || name === 'AbortError' ? 'timeout' : 'no_network')
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new TransportError('no_answer')
  }
}
