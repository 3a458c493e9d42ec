/** The own picture of who shares a phone: on this phone alone, never sent. Who does not read finds their book by it. */
import { signal } from '@preact/signals'
import { shrink } from '../photos/shrink.ts'
import { record_error } from './account.ts'
import * as live from './live.ts'
import { phone } from './phone.ts'

/** Where it lies in the settings of the phone, as the address of an image. */
export const portrait_of = (user_id: string): string => `picture-${user_id}`

/** Of the account that is signed in. */
export const portrait = signal<string | null>(null)

export async function read_portrait(): Promise<void> {
  const user_id = live.session.value?.user.id ?? ''
  const found = await phone.read(['settings'], (tx) => tx.objectStore('settings').get(portrait_of(user_id)))
  if (live.session.value?.user.id === user_id) portrait.value = found ?? null
}

/** Keeps it small; resolves when it is on the disk. Rejects with PhotoError or RecordError. */
export async function set_portrait(picture: Blob): Promise<void> {
  const { thumbnail } = await shrink(picture)
  await keep(`data:${thumbnail.type};base64,${base64(thumbnail.content)}`)
}

/** The drawn sign stands in its place again. */
export const drop_portrait = (): Promise<void> => keep(null)

async function keep(address: string | null): Promise<void> {
  const name = portrait_of(live.session.value?.user.id ?? '')
  try {
    await phone.write(['settings'], (tx) => tx.objectStore('settings').put(address, name))
  } catch (error) {
    throw record_error(error)
  }
  portrait.value = address
}

function base64(content: ArrayBuffer): string {
  return btoa(Array.from(new Uint8Array(content), (byte) => String.fromCharCode(byte)).join(''))
}
