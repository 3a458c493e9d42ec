/** The real server on a fresh demo database, for all tests; without the project's virtual environment, none. */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'

const ROOT = resolve(import.meta.dirname, '../../..')
const BIN = join(ROOT, '.venv/bin')

declare module 'vitest' {
  interface ProvidedContext {
    server_url: string
  }
}

function free_port(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

export default async function setup(project: TestProject) {
  if (!existsSync(join(BIN, 'gunicorn'))) {
    project.provide('server_url', '')
    return
  }
  const data_dir = mkdtempSync(join(tmpdir(), 'cho-phien-'))
  const port = await free_port()
  const { DATABASE_URL: _, SECRET_KEY: __, ...inherited } = process.env
  const env = {
    ...inherited,
    PATH: `${BIN}:${process.env.PATH}`,
    DEMO: '1',
    DATA_DIR: data_dir,
    DEMO_SALES: '120',
    PORT: String(port),
    LOG_LEVEL: 'warning',
  }
  execFileSync('flask', ['demo'], { cwd: ROOT, env, stdio: 'ignore' })
  const server = spawn('gunicorn', ['wsgi:app'], { cwd: ROOT, env, stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 600; tries++) {
    if (
      await fetch(`${url}/api/v1/health`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break
    await new Promise((wake) => setTimeout(wake, 100))
  }
  project.provide('server_url', url)
  return async () => {
    const ended = new Promise((end) => server.once('exit', end))
    server.kill('SIGTERM')
    await ended
    rmSync(data_dir, { recursive: true, force: true })
  }
}
