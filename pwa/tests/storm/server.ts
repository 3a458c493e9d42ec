/** The storm's own server: the real application in a process of its own, whose data can be put back. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import type { Mutation } from '../../src/sync/mutation.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
const PYTHON = join(ROOT, '.venv/bin/python')

/** Without the project's virtual environment there is no server, and no storm. */
export const has_server = existsSync(PYTHON)

export interface Told {
  coop: string
  at: string
  mutation: Mutation
  outcome: 'applied' | 'merged' | 'held' | 'rejected'
}

export interface Truth {
  log: Told[]
  reviews: { kind: string; about: string; record_id: string | null; status: string }[]
}

export interface People {
  url: string
  password: string
  accounts: Record<string, { id: string; login: string }>
  coops: string[]
}

export class Server {
  private constructor(
    private readonly process: ChildProcessWithoutNullStreams,
    private readonly lines: AsyncIterator<string>,
    private readonly said: Interface,
    readonly people: People,
  ) {}

  static async start(): Promise<Server> {
    const server = spawn(PYTHON, [join(import.meta.dirname, 'server.py')], {
      cwd: ROOT,
      env: { ...process.env, LOG_LEVEL: 'error' },
    })
    server.stderr.pipe(process.stderr)
    const said = createInterface(server.stdout)
    const lines = said[Symbol.asyncIterator]()
    const { value } = await lines.next()
    return new Server(server, lines, said, JSON.parse(value as string) as People)
  }

  async tell<T = unknown>(what: string, details: Record<string, unknown> = {}): Promise<T> {
    this.process.stdin.write(`${JSON.stringify({ do: what, ...details })}\n`)
    const { value, done } = await this.lines.next()
    if (done) throw new Error(`the server died of ${what}`)
    return JSON.parse(value as string) as T
  }

  async stop(): Promise<void> {
    const ended = new Promise((end) => this.process.once('exit', end))
    this.said.close()
    this.process.stdin.end()
    await ended
  }
}
