/** Long work at the server, told step by step, and the file that it made. Imported by staff screens only. */
import { TransportError } from '../sync/transport.ts'
import { with_token } from './caller.ts'
import * as live from './live.ts'
import { origin } from './phone.ts'
import { StaffError } from './staff.ts'

export interface Step {
  rows: number
  total: number
}

/** What a last line says beside its numbers. */
interface LastLine {
  error?: string
  errors?: Record<string, string[]>
}

const is_last = (line: object): boolean => 'file' in line || 'import' in line || 'error' in line

async function request(path: string, init: RequestInit): Promise<Response> {
  return with_token(live.session.value?.user.id ?? '', async (token) => {
    const headers = new Headers(init.headers)
    headers.set('Authorization', `Bearer ${token}`)
    const options: RequestInit = { cache: 'no-store', credentials: 'omit', redirect: 'error' }
    const response = await fetch(`${origin()}/api/v1${path}`, { ...options, ...init, headers })
    if (response.ok) return response
    const body = (await response.json().catch(() => null)) as { code?: string; errors?: unknown } | null
    if (response.status === 401) throw new TransportError('unauthenticated', body?.code ?? null)
    throw new StaffError(body?.code ?? 'no_answer', body?.errors ?? null)
  })
}

/** Says why in a staff screen's words: no network, the password is needed, cancelled, or the server's own code. */
async function said<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StaffError) throw error
    if (error instanceof TransportError)
      throw new StaffError(error.code === 'unauthenticated' ? 'needs_password' : error.code)
    throw new StaffError((error as Error | null)?.name === 'AbortError' ? 'cancelled' : 'no_network')
  }
}

/** Asks for the work and follows it; what its last line says. Without that line nothing was done. */
export function follow<Last extends object>(
  path: string,
  body: object,
  on_step: (step: Step) => void,
  signal: AbortSignal,
): Promise<Last> {
  return said(async () => {
    const headers = { 'Content-Type': 'application/json' }
    const response = await request(path, { method: 'POST', headers, body: JSON.stringify(body), signal })
    if (!response.body || !response.headers.get('Content-Type')?.startsWith('application/x-ndjson'))
      throw new StaffError('no_answer')
    let last: Last | null = null
    for await (const line of lines(response.body)) {
      const told = JSON.parse(line) as Step & LastLine
      if (told.error) throw new StaffError(told.error, told.errors ?? null)
      if (is_last(told)) last = told as unknown as Last
      else on_step(told)
    }
    if (!last) throw new StaffError('no_answer')
    return last
  })
}

async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    rest += decoder.decode(value, { stream: true })
    const found = rest.split('\n')
    rest = found.pop() ?? ''
    yield* found
  }
}

/** Sends a file as it is; the server's answer. */
export function upload<Answer>(path: string, file: Blob): Promise<Answer> {
  const headers = { 'Content-Type': 'application/octet-stream' }
  return said(
    async () => (await (await request(path, { method: 'POST', headers, body: file })).json()) as Answer,
  )
}

/** The bytes of a file that was made. */
export const fetch_file = (path: string, signal: AbortSignal): Promise<Blob> =>
  said(async () => (await request(path, { method: 'GET', signal })).blob())
