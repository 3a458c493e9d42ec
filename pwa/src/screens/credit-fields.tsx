import { useEffect, useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { read_buyers } from '../state/index.ts'
import { Field } from '../ui/field.tsx'
import { finds } from '../ui/fold.ts'
import { DueOn } from './due-on.tsx'

export interface Credit {
  buyer_name: string
  due_on: string
}

/** So many names fit beside one another above the keypad. */
const NAMES_SHOWN = 4

/** Who takes the goods now and pays later, and until when. Nothing of it has to be said. */
export function CreditFields({ credit, onChange }: { credit: Credit; onChange: (credit: Credit) => void }) {
  const [known, set_known] = useState<readonly string[]>([])
  useEffect(() => {
    read_buyers().then(set_known, () => {}) // Without them the name is typed.
  }, [])
  const { buyer_name, due_on } = credit
  const offered = known.filter((name) => name !== buyer_name && finds(name, buyer_name)).slice(0, NAMES_SHOWN)
  return (
    <>
      <Field
        label={t('buyer_optional')}
        value={buyer_name}
        onChange={(buyer_name) => onChange({ ...credit, buyer_name })}
        input={{ autocomplete: 'off', autocapitalize: 'words' }}
      />
      {offered.length > 0 && (
        <ul class="names" aria-label={t('buyers_known')}>
          {offered.map((name) => (
            <li key={name}>
              <button type="button" class="pick" onClick={() => onChange({ ...credit, buyer_name: name })}>
                {name}
              </button>
            </li>
          ))}
        </ul>
      )}
      <DueOn
        label={t('due_optional')}
        value={due_on}
        onChange={(due_on) => onChange({ ...credit, due_on })}
      />
    </>
  )
}
