import { useState } from 'preact/hooks'
import { t, t_code } from '../messages/board.ts'
import { t as t_screens } from '../messages/screens.ts'
import { type Board, tell_need, withdraw_need } from '../state/board.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { date_time } from '../ui/format.ts'
import type { IconName } from '../ui/icon.tsx'
import { Mark } from '../ui/mark.tsx'
import { Picks } from '../ui/picks.tsx'
import { BoardCard } from './board-card.tsx'
import { Failed } from './failed.tsx'
import { FormSheet } from './form-sheet.tsx'
import { New } from './new-mark.tsx'
import { useRecording } from './recording.ts'
import { Part } from './sums.tsx'

type Kind = Board['needs'][number]['kind']

export const NEED_ICONS: Record<Kind, IconName> = {
  goods: 'goods',
  price: 'tag',
  transport: 'truck',
  capital: 'cash',
  training: 'book',
  phone_or_app: 'phone',
  other: 'note',
}
const TEXT_MAX = 1000

/** What this member told, the latest first, with what was answered. */
export function Needs({ needs }: { needs: Board['needs'] }) {
  const [telling, set_telling] = useState(false)
  const recording = useRecording()
  const shown = needs.filter(({ withdrawn }) => !withdrawn)
  return (
    <Part title={t('needs')}>
      {shown.length === 0 && <p class="soft">{t('needs_none')}</p>}
      {shown.map((need) => (
        <BoardCard key={need.id} icon={NEED_ICONS[need.kind]}>
          <h3>
            {t_code('need', need.kind) ?? t('need_other')} <New {...need} />
          </h3>
          <small class="soft">{date_time(need.told_at)}</small>
          {need.text && <p class="lines">{need.text}</p>}
          {need.answer ? (
            <p class="answer lines">
              <b>{t('need_answer')}:</b> {need.answer}
            </p>
          ) : (
            <p class="soft">{t('need_open')}</p>
          )}
          {need.state !== 'coop' && <Mark state={need.state} />}
          {need.state !== 'refused' && (
            <Button
              kind="quiet"
              icon="check"
              onClick={() => void recording.run(() => withdraw_need(need.id))}
            >
              {t('need_withdraw')}
            </Button>
          )}
        </BoardCard>
      ))}
      <Failed error={recording.failed} />
      <Button kind="main" icon="send" onClick={() => set_telling(true)}>
        {t('tell_need')}
      </Button>
      {telling && <TellNeed onClose={() => set_telling(false)} />}
    </Part>
  )
}

/** One tap says what it is about; words are for who likes to write. */
function TellNeed({ onClose }: { onClose: () => void }) {
  const [kind, set_kind] = useState<Kind | null>(null)
  const [text, set_text] = useState('')
  const recording = useRecording()
  const said = text.trim().normalize('NFC')
  const needs_words = kind === 'other'
  const missing = kind === null ? t('need_about') : needs_words && !said ? t('need_text_wanted') : null
  const save = async () => {
    if (kind) await tell_need(kind, said)
    onClose()
  }
  return (
    <FormSheet
      title={t('tell_need')}
      action={t_screens('save')}
      lacks={missing && t_screens('lacks', { what: missing })}
      doing={recording}
      work={save}
      onClose={onClose}
    >
      <Picks
        label={t('need_about')}
        picks={Object.entries(NEED_ICONS).map(([value, icon]) => ({
          value: value as Kind,
          label: t_code('need', value) ?? value,
          icon,
        }))}
        value={kind}
        onChange={set_kind}
      />
      <Field
        label={t(needs_words ? 'need_text_wanted' : 'need_text')}
        value={text}
        onChange={set_text}
        lines={3}
        most={TEXT_MAX}
        hint={t('need_kept')}
      />
    </FormSheet>
  )
}
