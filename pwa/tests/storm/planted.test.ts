import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Fault, play, report } from './run.ts'
import { has_server, Server } from './server.ts'

type Sent = { at: string; id: string; base: object }
type Answer = {
  reset: boolean
  changes: unknown[]
  receipts: { outcome: string; errors?: object }[]
  digest?: object
}

/** What a client might do wrong, as its storage and its server would see it. */
const FAULTS: Record<string, () => Fault> = {
  'drops a recording after its tick': () => {
    let n = 0
    return {
      storage: {
        value: (store, value) => (store === 'outbox' && !('order' in value) && ++n % 5 === 0 ? null : value),
      },
    }
  },
  'stores an answer without one of its rows': () => {
    let n = 0
    return { storage: { value: (store, value) => (store === 'rows' && ++n % 7 === 0 ? null : value) } }
  },
  'forgets what no backup has': () => ({
    forger: { answer: (body) => void Object.assign(body, { safe: 1_000_000 }) },
  }),
  'takes no notice of a reset': () => ({
    forger: { answer: (body) => void Object.assign(body, { reset: false }) },
  }),
  'stamps anew what it sends again': () => {
    const seen = new Set<string>()
    return {
      forger: {
        request: ({ mutations }) => {
          for (const mutation of mutations as Sent[]) {
            if (seen.has(mutation.at)) mutation.at = `${mutation.at.slice(0, 18)}${mutation.at.slice(19)}0`
            seen.add(mutation.at)
          }
        },
      },
    }
  },
  'sends a mutation without what it had seen': () => ({
    forger: {
      request: ({ mutations }) => {
        for (const mutation of mutations as Sent[]) mutation.base = {}
      },
    },
  }),
  'keeps a refusal to itself': () => ({
    forger: {
      answer: (body) => {
        for (const receipt of (body as unknown as Answer).receipts)
          if (receipt.outcome === 'rejected') receipt.outcome = 'applied'
      },
    },
  }),
  'asks with a cursor that is ahead of its rows': () => ({
    forger: {
      answer: (body) => {
        const answer = body as unknown as Answer
        if (!answer.reset) answer.changes.pop()
      },
    },
  }),
}

describe.skipIf(!has_server)('the storm notices a client that', () => {
  let server: Server
  beforeAll(async () => {
    server = await Server.start()
  })
  afterAll(() => server?.stop())

  test.each(Object.keys(FAULTS))('%s', { timeout: 600_000 }, async (name) => {
    for (let seed = 1; seed <= 12; seed++) {
      const broken = await play(server, seed, FAULTS[name]?.()).then(
        () => null,
        (error: Error) => error.message.split('\n')[0],
      )
      if (broken !== null) return report(`${name}: seed ${seed}, ${broken?.slice(0, 150)}`)
    }
    expect.unreachable('nothing was noticed')
  })
})
