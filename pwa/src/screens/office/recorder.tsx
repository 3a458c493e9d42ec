import '../../styles/recorder.css'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../../messages/recorder.ts'
import { session } from '../../state/index.ts'
import { drafts_of, start_draft, voice_port } from '../../state/voice.ts'
import { Empty } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { go, href, route } from '../../ui/router.ts'
import { sentences_of } from '../voice/sentences.ts'
import { RecorderPack } from './recorder-pack.tsx'

interface Row {
  id: string
  name: string
  language: string
  published: boolean
  changed: boolean
  count: number
}

/** Where the recorder is for this account: between the sections of the office, or a tab of the province. */
const place = (...parts: string[]): string =>
  session.value?.user.role === 'admin' ? href('voices', ...parts) : href('office', 'voices', ...parts)

const scope = () => (session.value?.user.role === 'admin' ? 'province' : 'coop')

/** Voices that are recorded here: those begun on this phone, and what this account may go on with. */
export default function Recorder() {
  const path = route.value
  const id = path[path.indexOf('voices') + 1]
  return id ? <RecorderPack key={id} id={id} back={place()} /> : <Voices />
}

async function look(): Promise<Row[]> {
  const here = await drafts_of(session.value?.user.id ?? '')
  const there = await voice_port.packs().catch(() => [])
  const rows = here.map(({ id, name, language, published, changed, clips }): Row => {
    return { id, name, language, published, changed, count: Object.keys(clips).length }
  })
  for (const { id, name, language, published, clip_count, ...pack } of there)
    if (pack.scope === scope() && !rows.some((row) => row.id === id))
      rows.push({ id, name, language, published, changed: false, count: clip_count })
  return rows.sort((a, b) => a.name.localeCompare(b.name, 'vi'))
}

function Voices() {
  const [rows, set_rows] = useState<Row[] | null>(null)
  const [begins, set_begins] = useState(false)
  useEffect(() => {
    void look().then(set_rows, () => set_rows([]))
  }, [])
  return (
    <div class="stack recorder">
      <h2>{t('voices')}</h2>
      <p>{t('voices_why')}</p>
      {rows?.length === 0 && !begins && <Empty icon="voice">{t('none')}</Empty>}
      <ul class="voices">
        {rows?.map((row) => (
          <li key={row.id}>
            <a class="voice" href={place(row.id)}>
              <Icon name="voice" />
              <span>
                <strong>
                  {row.name} <small>({row.language})</small>
                </strong>
                <small>
                  {t('recorded', { n: row.count, of: sentences_of(row.language).length })} ·{' '}
                  {t(row.published ? (`published_${scope()}` as const) : 'draft')}
                  {row.published && row.changed && ` · ${t('changed')}`}
                </small>
              </span>
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
      {begins ? (
        <NewVoice />
      ) : (
        <Button kind="main" icon="plus" onClick={() => set_begins(true)}>
          {t('new_voice')}
        </Button>
      )}
    </div>
  )
}

function is_tag(text: string): boolean {
  try {
    return text.length <= 35 && Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}

/** What the language is called is typed by those who know; nothing is suggested that nobody said. */
function NewVoice() {
  const [name, set_name] = useState('')
  const [tag, set_tag] = useState('')
  const [wrong, set_wrong] = useState(false)
  const begin = async () => {
    if (!name.trim()) return
    if (!is_tag(tag.trim())) return set_wrong(true)
    const { id } = await start_draft(session.value?.user.id ?? '', tag.trim(), name.trim())
    go(place(id))
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void begin()
      }}
    >
      <Field
        label={t('language_name')}
        value={name}
        onChange={set_name}
        input={{ required: true, maxLength: 100 }}
      />
      <Field
        label={t('language_tag')}
        hint={t('language_tag_hint')}
        wrong={wrong ? t('language_tag_wrong') : null}
        value={tag}
        onChange={(typed) => {
          set_tag(typed)
          set_wrong(false)
        }}
        input={{ required: true, maxLength: 35, autocapitalize: 'none', spellcheck: false }}
      />
      <Button submit kind="main" icon="microphone">
        {t('start')}
      </Button>
    </form>
  )
}
