import { useState } from 'preact/hooks'
import { t, t_code } from '../../messages/people.ts'
import type { StaffError } from '../../state/staff.ts'
import { load_places, type PlacesDifference, preview_places } from '../../state/staff_people.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Failed } from '../failed.tsx'
import { useAsking, why_not } from '../office/ask-sheet.tsx'

/** A newer list of communes from a file: what it would change is shown before it is loaded. */
export function Places() {
  const [csv, set_csv] = useState('')
  const [shown, set_shown] = useState<PlacesDifference | null>(null)
  const [loaded, set_loaded] = useState(false)
  const asking = useAsking()
  const choose = async (file: File | undefined) => {
    if (!file) return
    set_loaded(false)
    set_shown(null)
    const text = await file.text()
    set_csv(text)
    await asking.run(async () => set_shown(await preview_places(text)))
  }
  const load = async () => {
    const done = await asking.run(async () => set_shown(await load_places(csv)))
    set_loaded(done)
  }
  return (
    <section class="stack">
      <p class="soft">{t('places_why')}</p>
      <label class="field">
        {t('choose_file')}
        <input
          type="file"
          accept=".csv,text/csv"
          onChange={(event) => void choose(event.currentTarget.files?.[0])}
        />
      </label>
      <Failed error={asking.failed} words={(error) => wrong_line(error) ?? why_not(error)} />
      {shown && <Difference found={shown} />}
      {shown && !loaded && (
        <Button kind="main" icon="check" disabled={asking.running} onClick={() => void load()}>
          {t('load')}
        </Button>
      )}
      {loaded && (
        <Banner tone="good" icon="check">
          {t('loaded')}
        </Banner>
      )}
    </section>
  )
}

/** The first line of the file that makes no sense, and why. */
function wrong_line({ errors }: StaffError): string | null {
  const lines = (errors as { csv?: Record<string, string[]> } | null)?.csv
  const [line, codes] = Object.entries(lines ?? {})[0] ?? []
  if (!line || !Array.isArray(codes)) return null
  return t('file_wrong', { line, why: t_code('line', codes[0] ?? '') ?? codes[0] ?? '' })
}

function Difference({ found }: { found: PlacesDifference }) {
  const kinds = ['added', 'changed', 'retired', 'homeless'] as const
  const told = kinds.filter((kind) => found[`${kind}_count`] > 0)
  return (
    <section class="stack">
      <h2>{t('preview')}</h2>
      <p>{t('counts', { provinces: found.provinces, communes: found.communes })}</p>
      {told.length === 0 && <p>{t('changes_nothing')}</p>}
      {told.map((kind) => (
        <details key={kind} open={kind === 'homeless'}>
          <summary>{t(kind, { n: found[`${kind}_count`] })}</summary>
          <ul>
            {found[kind].map((place) => (
              <li key={`${place.code} ${place.name}`}>
                {place.code} · {'was' in place ? `${place.was} → ` : ''}
                {place.name}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  )
}
