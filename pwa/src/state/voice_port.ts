/** The server's side of voices, for the account that is signed in. */

import { TransportError } from '../sync/transport.ts'
import type { Manifest, Pack } from '../voice/voice_db.ts'
import type { VoicePort } from '../voice/voice_store.ts'
import { call } from './caller.ts'

const get = (path: string): Promise<unknown> => call(`/api/v1/voice/${path}`, { method: 'GET' })

export const voice_port: VoicePort = {
  packs: async () => {
    const { items } = ((await get('packs')) ?? {}) as { items?: Pack[] }
    if (!Array.isArray(items)) throw new TransportError('no_answer')
    return items
  },
  manifest: async (id) => {
    const manifest = (await get(`packs/${id}`)) as Manifest | null
    if (!Array.isArray(manifest?.clips)) throw new TransportError('no_answer')
    return manifest
  },
  clip: async (sha256) => {
    const content = await get(`clips/${sha256}`)
    if (!(content instanceof ArrayBuffer)) throw new TransportError('no_answer')
    return content
  },
}

/** The stable code with which the server, or the way to it, refused; '' for another failure. */
export const refusal_of = (error: unknown): string => (error instanceof TransportError ? error.code : '')
