/** Mutations that the server refused: they ask for their author until dealt with. */
import { signed_in_account } from './account.ts'
import { RecordError } from './errors.ts'
import * as live from './live.ts'

function refused_mutation(at: string) {
  const found = live.refused.value.find((mutation) => mutation.at === at)
  if (!found) throw new RecordError('not_found')
  return found
}

/** Its author has read it: it no longer asks for anything. It stays in the server's log. */
export async function dismiss_refused(at: string): Promise<void> {
  await signed_in_account().record([], [refused_mutation(at).at])
}

/** Records it anew with these fields changed; what was refused is dealt with in the same transaction. */
export async function mend_refused(at: string, changes: Record<string, unknown>): Promise<void> {
  const { entity, id, set } = refused_mutation(at)
  await signed_in_account().record([{ entity, id, changes: { ...set, ...changes } }], [at])
}
