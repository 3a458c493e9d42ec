import { useEffect, useMemo } from 'preact/hooks'
import { t } from '../messages/consent.ts'
import {
  type GivenConsent,
  give_consent,
  PURPOSES,
  type Purpose,
  watch_consents,
  withdraw_consent,
} from '../state/consent.ts'
import { date } from '../ui/format.ts'
import { Picks } from '../ui/picks.tsx'
import { Failed } from './failed.tsx'
import { useRecording } from './recording.ts'

/** What a member agrees to, purpose by purpose; a manager records it for who said so. Works without a network. */
export function Consents({ member_id }: { member_id: string }) {
  const watch = useMemo(() => watch_consents(member_id), [member_id])
  useEffect(() => watch.close, [watch])
  const given = watch.value.value
  if (given === undefined) return null
  return (
    <section class="stack" aria-label={t('consent')}>
      <h3>{t('consent')}</h3>
      <p class="soft">{t('consent_why')}</p>
      {PURPOSES.map((purpose) => (
        <OnePurpose
          key={purpose}
          member_id={member_id}
          purpose={purpose}
          given={given.find((consent) => consent.purpose === purpose)}
        />
      ))}
    </section>
  )
}

function OnePurpose(props: { member_id: string; purpose: Purpose; given: GivenConsent | undefined }) {
  const { member_id, purpose, given } = props
  const recording = useRecording()
  const choose = (answer: 'yes' | 'no') => {
    if ((answer === 'yes') === (given !== undefined)) return
    recording.run(() => (answer === 'yes' ? give_consent : withdraw_consent)(member_id, purpose))
  }
  return (
    <div class="consent stack">
      <Picks
        label={t(purpose)}
        picks={[
          { value: 'yes', label: t('yes'), icon: 'check' },
          { value: 'no', label: t('no'), icon: 'close' },
        ]}
        value={given ? 'yes' : 'no'}
        onChange={choose}
      />
      <p class="soft">{t(`${purpose}_notice`)}</p>
      {given && <p class="soft">{t('since', { day: date(given.given_at) })}</p>}
      <Failed error={recording.failed} />
    </div>
  )
}
