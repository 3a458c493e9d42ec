import { useState } from 'preact/hooks'
import { t } from '../../messages/people.ts'
import { t_code } from '../../messages/records.ts'
import { download } from '../../state/file.ts'
import { copy_person, erase_person, type PersonCopy, type StaffPerson } from '../../state/staff_people.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { date_time } from '../../ui/format.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { Failed } from '../failed.tsx'
import { AskSheet, useAsking, why_not } from './ask-sheet.tsx'
import { action_words } from './audit.tsx'
import { field_words, value_words } from './record-words.ts'

/** A copy of everything that is kept of a person, and erasing it, at the person's request. */
export function OwnData({ person, onErased }: { person: StaffPerson; onErased: () => void }) {
  const [copy, set_copy] = useState<PersonCopy | null>(null)
  const [erasing, set_erasing] = useState(false)
  const asking = useAsking()
  return (
    <section class="stack">
      <h2>{t('own_data')}</h2>
      <p class="soft">{t('copy_why')}</p>
      <Failed error={asking.failed} words={why_not} />
      <div class="buttons">
        <Button
          icon="file"
          onClick={() => void asking.run(async () => set_copy(await copy_person(person.id)))}
        >
          {t('copy')}
        </Button>
        <Button kind="bad" icon="void" onClick={() => set_erasing(true)}>
          {t('erase')}
        </Button>
      </div>
      {copy && <Copy name={person.name} copy={copy} onClose={() => set_copy(null)} />}
      {erasing && (
        <EraseSheet
          person={person}
          onErased={() => {
            set_erasing(false)
            onErased()
          }}
          onClose={() => set_erasing(false)}
        />
      )}
    </section>
  )
}

/** The name is typed again: it cannot be taken back. */
function EraseSheet(props: { person: StaffPerson; onErased: () => void; onClose: () => void }) {
  const { person, onErased, onClose } = props
  const [typed, set_typed] = useState('')
  const is_meant = typed.trim().normalize('NFC').toLowerCase() === person.name.toLowerCase()
  return (
    <AskSheet
      title={t('erase_of', { name: person.name })}
      action={t('erase')}
      icon="void"
      {...(is_meant ? {} : { lacks: t('erase_type') })}
      work={() => erase_person(person.id)}
      onDone={onErased}
      onClose={onClose}
    >
      <Banner tone="warn" icon="alert">
        {t('erase_why')}
      </Banner>
      <Field label={t('erase_type')} value={typed} onChange={set_typed} input={{ autoComplete: 'off' }} />
    </AskSheet>
  )
}

/** The copy as people read it, to be printed or kept as a file. */
function Copy({ name, copy, onClose }: { name: string; copy: PersonCopy; onClose: () => void }) {
  const text = JSON.stringify(copy, null, 2)
  const save = () =>
    download(new File([text], `du-lieu-${copy.id.slice(0, 8)}.json`, { type: 'application/json' }))
  return (
    <Sheet title={t('copy_of', { name })} onClose={onClose}>
      <div class="copy stack">
        <p class="soft">{t('taken_at', { at: date_time(copy.exported_at) })}</p>
        <div class="buttons">
          <Button icon="download" onClick={save}>
            {t('copy_file')}
          </Button>
          <Button icon="file" onClick={() => print()}>
            {t('print')}
          </Button>
        </div>
        {copy.co_operatives.map(({ coop_name, ethnic_group, records }) => (
          <section class="stack" key={coop_name}>
            <h3>{coop_name}</h3>
            {ethnic_group && <Facts facts={[[t('ethnic_group'), ethnic_group]]} />}
            {Object.entries(records).map(([entity, rows]) => (
              <Records key={entity} entity={entity} rows={rows} />
            ))}
          </section>
        ))}
        <Lines
          title={t('phones')}
          lines={copy.phones.map(({ since, last_sync_at }) =>
            [date_time(since), last_sync_at && date_time(last_sync_at)].filter(Boolean).join(' – '),
          )}
        />
        <Lines
          title={t('audit')}
          lines={copy.audit.map(({ at, action, account_name }) =>
            [date_time(at), action_words(action), account_name].filter(Boolean).join(' · '),
          )}
        />
      </div>
    </Sheet>
  )
}

function Records({ entity, rows }: { entity: string; rows: Record<string, unknown>[] }) {
  const what = t_code('entity', entity) ?? entity
  return (
    <details>
      <summary>{t('records_n', { what, n: rows.length })}</summary>
      <ul>
        {rows.map((row) => (
          <li key={String(row.id)}>
            <Facts
              facts={Object.entries(row)
                .filter(([field]) => !field.endsWith('id'))
                .map(([field, value]) => [
                  field_words(field),
                  value_words(field, value, typeof row.unit === 'string' ? row.unit : ''),
                ])}
            />
          </li>
        ))}
      </ul>
    </details>
  )
}

const Lines = ({ title, lines }: { title: string; lines: string[] }) => (
  <section>
    <h3>{title}</h3>
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  </section>
)
