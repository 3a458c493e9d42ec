import { useState } from 'preact/hooks'
import { t } from '../../messages/people.ts'
import { PURPOSES } from '../../state/consent.ts'
import { session, sync_now } from '../../state/index.ts'
import { type PersonConsent, type StaffPerson, set_ethnic_group } from '../../state/staff_people.ts'
import { Button } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { date } from '../../ui/format.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { Consents } from '../consent.tsx'
import { Failed } from '../failed.tsx'
import { useAsking, why_not } from './ask-sheet.tsx'

/** What a member agreed to, who noted it, and the ethnic group where there is consent to keep it. */
export function PersonConsents({ person, onChanged }: { person: StaffPerson; onChanged: () => void }) {
  const [noting, set_noting] = useState(false)
  const given = person.consents.find(({ purpose, withdrawn }) => purpose === 'ethnic_group' && !withdrawn)
  const close = () => {
    set_noting(false)
    void sync_now().then(onChanged)
  }
  return (
    <section class="stack">
      <h2>{t('consents')}</h2>
      <Facts
        facts={PURPOSES.map((purpose) => [
          t(`purpose_${purpose}`),
          consent_words(person.consents.filter((consent) => consent.purpose === purpose)),
        ])}
      />
      {session.value?.user.role === 'manager' && (
        <Button icon="pencil" onClick={() => set_noting(true)}>
          {t('consent_by_manager')}
        </Button>
      )}
      {given && <EthnicGroup person={person} onChanged={onChanged} />}
      {noting && (
        <Sheet title={person.name} onClose={close}>
          <Consents member_id={person.id} />
        </Sheet>
      )}
    </section>
  )
}

/** The one in force, else the last that was withdrawn. */
function consent_words(consents: PersonConsent[]): string {
  const in_force = consents.find(({ withdrawn }) => !withdrawn)
  if (in_force) return t('consent_given', { day: date(in_force.given_at), by: in_force.recorded_by ?? '–' })
  const last = consents.at(-1)
  if (!last?.withdrawn_at) return t('consent_never')
  return t('consent_withdrawn', { day: date(last.withdrawn_at), by: last.withdrawn_by ?? '–' })
}

function EthnicGroup({ person, onChanged }: { person: StaffPerson; onChanged: () => void }) {
  const [value, set_value] = useState(person.ethnic_group ?? '')
  const asking = useAsking()
  const save = async () => {
    if (await asking.run(() => set_ethnic_group(person.id, value))) onChanged()
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field
        label={t('ethnic_group')}
        hint={t('ethnic_group_why')}
        value={value}
        most={100}
        onChange={set_value}
      />
      <Failed error={asking.failed} words={why_not} />
      <Button icon="check" submit disabled={value === (person.ethnic_group ?? '')}>
        {t('save')}
      </Button>
    </form>
  )
}
