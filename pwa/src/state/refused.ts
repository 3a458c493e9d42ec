/** Mutations that the server refused: they ask for their author until dealt with. */
import { computed } from '@preact/signals'
import { current_account, signed_in_account } from './account.ts'
import { RecordError } from './errors.ts'
import * as live from './live.ts'
import type { Model } from './model.ts'
import { record_view } from './record_views.ts'
import type { EntityName, RefusedMutation } from './types.ts'
import { sale_counts } from './views.ts'

/** Of the signed-in account. */
export const refused = computed<readonly RefusedMutation[]>(() => {
  const account = live.outbox_version.value >= 0 ? current_account() : null
  return account ? refused_of(account.model, account.user.id) : []
})

function refused_of(model: Model, own_id: string): RefusedMutation[] {
  const found: RefusedMutation[] = []
  for (const [key, entries] of model.entries) {
    for (const { phase, mutation, receipt, recorded_at_ms } of entries) {
      if (phase !== 'rejected') continue
      const seen = model.seen(mutation.entity, mutation.id)
      const known = {
        counts: sale_counts(seen, model.rows.has(key)),
        state: 'refused',
        left_milli: 0,
        own_id,
      } as const
      found.push({
        at: mutation.at,
        entity: mutation.entity as EntityName,
        id: mutation.id,
        set: mutation.set,
        errors: receipt?.errors ?? {},
        note: receipt?.note ?? '',
        recorded_at_ms,
        view: record_view(mutation.entity, mutation.id, seen, model.shown_row(seen, entries), known),
      })
    }
  }
  return found
}

function refused_mutation(at: string) {
  const found = refused.value.find((mutation) => mutation.at === at)
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
