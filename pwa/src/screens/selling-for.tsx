import { computed, signal } from '@preact/signals'
import { t } from '../messages/index.ts'
import { members, session } from '../state/index.ts'

/** Whose goods a manager writes for: a member's id, or null for the co-operative's own. Members write for themselves. */
const chosen = signal<string | null>(null)

export const manages = computed(() => session.value?.user.role === 'manager')
/** What a kept form says; members have no choice. */
export function sell_for(member_id: string | null): void {
  chosen.value = member_id
}
export const selling_for = computed(() => (manages.value ? chosen.value : (session.value?.user.id ?? null)))

/** The name of a member, or of the co-operative when the goods are its own. */
export const owner_name = (member_id: string | null): string =>
  member_id === null
    ? (session.value?.coop?.name ?? t('coop_own'))
    : (members.value.find(({ id }) => id === member_id)?.name ?? t('a_member'))

export const SellingFor = () =>
  manages.value ? (
    <div class="field selling-for">
      <label for="selling-for">{t('selling_for')}</label>
      <select
        id="selling-for"
        value={chosen.value ?? ''}
        onChange={(event) => {
          chosen.value = event.currentTarget.value || null
        }}
      >
        <option value="">{t('coop_own')}</option>
        {members.value
          .filter(({ active }) => active)
          .map(({ id, name, village }) => (
            <option key={id} value={id}>
              {village ? `${name} · ${village}` : name}
            </option>
          ))}
      </select>
    </div>
  ) : null
