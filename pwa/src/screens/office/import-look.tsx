import { useEffect, useRef, useState } from 'preact/hooks'
import { t, t_code } from '../../messages/reports.ts'
import { type ImportAsked, type ImportLook, look_at, type Taken, take_import } from '../../state/imports.ts'
import type { Step } from '../../state/steps.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { amount, date_time, money } from '../../ui/format.ts'
import { Failed } from '../failed.tsx'
import { Shown, useFetched } from './fetched.tsx'
import { UndoSheet } from './import-list.tsx'
import { ImportReading } from './import-reading.tsx'
import { ImportRows } from './import-rows.tsx'
import { error_words, Working } from './working.tsx'

interface Choice {
  keep: readonly number[]
  without_wrong: boolean
}
const NOTHING: Choice = { keep: [], without_wrong: false }

/** What a file would do, how it is read, and then: take it, whole or not at all. */
export function ImportLooked(props: { first: ImportAsked; sheets: readonly string[]; onClose: () => void }) {
  const [asked, set_asked] = useState(props.first)
  const [choice, set_choice] = useState(NOTHING)
  const [taken, set_taken] = useState<Taken | null>(null)
  const [undoing, set_undoing] = useState(false)
  const fetched = useFetched(() => look_at(asked), JSON.stringify(asked))
  useEffect(() => set_choice(NOTHING), [asked])
  if (taken)
    return (
      <>
        <Banner tone="good" icon="check">
          {t('taken', { n: taken.rows })} {taken.entity === 'sale' && money(taken.total_vnd)}
        </Banner>
        <div class="acts">
          <Button icon="file" onClick={props.onClose}>
            {t('another_file')}
          </Button>
          <Button icon="undo" onClick={() => set_undoing(true)}>
            {t('undo')}
          </Button>
        </div>
        {undoing && <UndoSheet taken={taken} coop={asked.coop ?? ''} onClose={props.onClose} />}
      </>
    )
  return (
    <>
      <div class="acts">
        <b class="file-name">{asked.name}</b>
        <Button kind="quiet" icon="undo" onClick={props.onClose}>
          {t('another_file')}
        </Button>
      </div>
      <Shown fetched={fetched}>
        {(look) => (
          <>
            <Standing look={look} entity={asked.entity} />
            <ImportReading look={look} asked={asked} sheets={props.sheets} onChange={set_asked} />
            <ImportRows
              look={look}
              choice={choice}
              onChange={(changed) => set_choice({ ...choice, ...changed })}
            />
            <Take look={look} asked={asked} choice={choice} onTaken={set_taken} />
          </>
        )}
      </Shown>
    </>
  )
}

const STATES = ['ready', 'wrong', 'there', 'skipped'] as const

function Standing({ look, entity }: { look: ImportLook; entity: ImportAsked['entity'] }) {
  const { counts, total_vnd, said_total_vnd, missing, taken } = look
  const read = money(total_vnd)
  const agrees = said_total_vnd === total_vnd
  const notes = Object.entries(look.notes).map(
    ([code, n]) => `${t_code('note', code) ?? code} (${amount(n)})`,
  )
  return (
    <div class="stack" aria-live="polite">
      {taken && (
        <Banner tone="warn" icon="double">
          {t('taken_before', { time: date_time(taken.at), n: taken.rows })}
        </Banner>
      )}
      {missing.length > 0 ? (
        <Banner tone="bad" icon="alert">
          {t('missing', { names: missing.map((name) => t_code('field', name) ?? name).join(', ') })}{' '}
          {missing.includes('member') && t('missing_member')}
        </Banner>
      ) : (
        <ul class="counts">
          {STATES.filter((state) => counts[state] > 0 || state === 'ready').map((state) => (
            <li key={state} class={state}>
              {t(`count_${state}`, { n: counts[state] })}
            </li>
          ))}
        </ul>
      )}
      {notes.length > 0 && (
        <p class="soft">
          {t('worth_a_look')}: {notes.join(', ')}
        </p>
      )}
      {entity === 'sale' && missing.length === 0 && (
        <p>
          {said_total_vnd === null
            ? t('totals_alone', { read })
            : t(agrees ? 'totals_agree' : 'totals_differ', { read, said: money(said_total_vnd) })}
        </p>
      )}
    </div>
  )
}

/** The button, and what follows a tap on it. */
function Take(props: {
  look: ImportLook
  asked: ImportAsked
  choice: Choice
  onTaken: (taken: Taken) => void
}) {
  const { look, asked, choice } = props
  const [step, set_step] = useState<Step | 'begins' | null>(null)
  const [failed, set_failed] = useState<unknown>(null)
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])
  const blocked =
    look.missing.length > 0 || look.taken !== null || (look.counts.wrong > 0 && !choice.without_wrong)
  const count = look.counts.ready + choice.keep.length
  const take = async () => {
    stop.current = new AbortController()
    set_failed(null)
    set_step('begins')
    const wrong = choice.without_wrong ? look.wrong_rows : []
    await take_import(asked, choice.keep, wrong, set_step, stop.current.signal).then(
      props.onTaken,
      set_failed,
    )
    set_step(null)
  }
  if (step)
    return (
      <Working step={step === 'begins' ? null : step} words="taking" onStop={() => stop.current?.abort()} />
    )
  return (
    <>
      <Failed error={failed} words={error_words} />
      <Button kind="main" icon="check" disabled={blocked || count === 0} onClick={() => void take()}>
        {blocked || count === 0 ? t('take_nothing') : t('take', { n: count })}
      </Button>
    </>
  )
}
