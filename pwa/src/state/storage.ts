/** What the browser says about the phone's storage. Its quota is no information; only a failed write is. */
import * as live from './live.ts'

/** Looks again: at launch and after the browser was asked to keep the data. */
export async function look_at_storage(): Promise<void> {
  const manager = globalThis.navigator?.storage
  const persisted = (await manager?.persisted?.().catch(() => null)) ?? null
  const estimate = await manager?.estimate?.().catch(() => null)
  live.storage.value = { ...live.storage.value, persisted, usage_bytes: estimate?.usage ?? null }
}

let asked = false

/** Once a launch, in the gesture that saved something: some browsers ask the person. */
export async function ask_to_keep(): Promise<void> {
  if (asked || live.storage.value.persisted) return
  asked = true
  await globalThis.navigator?.storage?.persist?.().catch(() => false)
  await look_at_storage()
}
