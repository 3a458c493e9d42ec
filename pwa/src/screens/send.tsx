import { useEffect } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import {
  look_at_photos,
  photos,
  ready_offline,
  refused,
  type SyncEntry,
  send_state,
  storage,
  sync_now,
  unsent,
} from '../state/index.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { bytes, day_of, time } from '../ui/format.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { FileButton } from './file-button.tsx'
import { Page } from './frame.tsx'
import { HelpLink } from './help-link.tsx'
import { is_uninstalled_iphone } from './platform.ts'
import { RefusedRow } from './refused.tsx'
import { day_name } from './sale-row.tsx'

/** How many are here and there, whether that was checked, and one large button. */
export function Send() {
  const { here, there, syncing } = send_state.value
  return (
    <Page title={t('send')} columns>
      <div class="stack">
        <div class="pair">
          <Box icon="phone" count={here} label={t('on_phone')} />
          <Icon name="arrow" />
          <Box icon="house" count={there} label={t('at_coop')} />
        </div>
        <Checked />
        <Button kind="main" icon="send" disabled={syncing} onClick={() => void sync_now()}>
          {syncing ? t('sending') : unsent.value ? t('send_now', { n: unsent.value }) : t('send_again')}
        </Button>
        <Progress />
        <Photos />
        {refused.value.length > 0 && (
          <section class="stack">
            <h2>{t('refused_title')}</h2>
            <ul class="rows">
              {refused.value.map((mutation) => (
                <li key={mutation.at}>
                  <RefusedRow mutation={mutation} />
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      <div class="stack">
        <Keep />
        <Syncs />
        <HelpLink page="gui" />
      </div>
    </Page>
  )
}

const Box = (props: { icon: IconName; count: number | null; label: string }) => (
  <div class="card box">
    <Icon name={props.icon} />
    <b class="number">{props.count ?? '–'}</b>
    {props.label}
  </div>
)

/** `hôm nay 16:05` */
const moment = (ms: number): string =>
  t('moment', { day: day_name(day_of(ms)).toLowerCase(), time: time(ms) })

/** The one place that says whether everything agrees. */
function Checked() {
  const { checked_at_ms, differs, last_error, there } = send_state.value
  return (
    <div class="stack" aria-live="polite">
      {last_error && (
        <Banner tone={last_error === 'no_network' ? 'warn' : 'bad'} icon="offline">
          {t(`sync_error_${last_error}`)}
        </Banner>
      )}
      {differs ? (
        <Banner tone="warn" icon="eye">
          {t('differs')}
        </Banner>
      ) : checked_at_ms !== null && there !== null ? (
        <Banner tone={unsent.value ? 'plain' : 'good'} icon={unsent.value ? 'house' : 'check'}>
          {t('checked', { n: there, moment: moment(checked_at_ms) })}
        </Banner>
      ) : (
        <Banner icon="clock">{t('not_checked')}</Banner>
      )}
    </div>
  )
}

function Progress() {
  const { progress, syncing } = send_state.value
  if (!syncing || !progress) return null
  const { sent, to_send, received } = progress
  return (
    <div class="stack" role="status">
      {to_send > 0 && <progress max={to_send} value={sent} />}
      <p>
        {t('progress_sent', { sent, of: to_send })}
        {received > 0 && ` · ${t('progress_received', { n: received })}`}
      </p>
    </div>
  )
}

/** Photos go after everything else; nobody need wait for them. */
function Photos() {
  useEffect(() => void look_at_photos(), [])
  const { waiting, part } = photos.value
  if (waiting === 0) return null
  return (
    <div class="card stack" role="status">
      <p class="line">
        <Icon name="camera" />
        {t('photos_waiting', { n: waiting })}
      </p>
      {part !== null && <progress max={1} value={part} aria-label={t('photo_sending')} />}
    </div>
  )
}

/** What keeps the records safe until they are sent. */
function Keep() {
  const { persisted, usage_bytes } = storage.value
  return (
    <section class="card stack">
      {ready_offline.value && (
        <p class="line good">
          <Icon name="check" />
          {t('works_offline')}
        </p>
      )}
      <p class={`line ${persisted ? 'good' : 'warn'}`}>
        <Icon name={persisted ? 'lock' : 'alert'} />
        {t(persisted ? 'persisted' : 'not_persisted')}
      </p>
      {usage_bytes !== null && (
        <p class="line">
          <Icon name="disk" />
          {t('space_used', { size: bytes(usage_bytes) })}
        </p>
      )}
      {!persisted && is_uninstalled_iphone() && <p class="line warn">{t('lost_after_week')}</p>}
      <FileButton kind="save_file" />
      <p class="soft">{t('save_file_why')}</p>
      <FileButton kind="take_back" />
    </section>
  )
}

function Syncs() {
  const { syncs } = send_state.value
  if (!syncs.length) return null
  return (
    <details class="card">
      <summary>{t('last_syncs')}</summary>
      <ul class="syncs">
        {syncs.map((sync) => (
          <li key={sync.started_at_ms} class={sync.error ? 'line warn' : 'line'}>
            <Icon name={sync.error ? 'offline' : sync.checked ? 'check' : 'arrow'} />
            <span>
              {moment(sync.ended_at_ms)} · {outcome(sync)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

const outcome = ({ error, sent, received }: SyncEntry): string =>
  error ? t(`sync_error_${error}`) : t('sync_done', { sent, received })
