import { useEffect, useState } from 'preact/hooks'
import { t } from '../../messages/voice.ts'
import { edit_member, language, members, session } from '../../state/index.ts'
import {
  choose_pack,
  chosen_pack,
  download,
  forget,
  forget_unused,
  type KeptPack,
  kept_packs,
  lacking,
  type Pack,
  read_choice,
  speak_by_itself,
  speaks_by_itself,
  voice_port,
} from '../../state/voice.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { amount } from '../../ui/format.ts'
import { Picks } from '../../ui/picks.tsx'

const DEVICE = 'device'

interface Known {
  /** What the server offers; null: it did not answer. */
  offered: Pack[] | null
  kept: KeptPack[]
  /** How many clips of each kept pack are not here. */
  missing: Map<string, number>
}

async function look(): Promise<Known> {
  const [offered, kept] = await Promise.all([
    voice_port.packs().catch(() => null),
    kept_packs(session.value?.user.coop_id ?? null),
    read_choice(),
  ])
  const missing = new Map<string, number>()
  for (const pack of kept) missing.set(pack.id, (await lacking(pack.clips)).length)
  return { offered: offered?.filter(({ published }) => published) ?? null, kept, missing }
}

/** A thousand bytes are a KB to whoever buys a card for them. */
const size_words = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${amount(Math.ceil(bytes / 100_000) / 10)} MB`

/** Who speaks: the phone, or a voice that the co-operative or the province has recorded. */
export function VoiceChoice() {
  const [known, set_known] = useState<Known | null>(null)
  const [loading, set_loading] = useState<{ id: string; here: number; of: number } | null>(null)
  const [full, set_full] = useState(false)
  /** Whether the server answered. */
  const again = async (): Promise<boolean> => {
    const found = await look().catch((): Known => ({ offered: null, kept: [], missing: new Map() }))
    set_known(found)
    return found.offered !== null
  }
  useEffect(() => {
    // Once, not after each choice: who compares two voices fetches neither twice.
    void again().then((answered) => answered && forget_unused().then(again))
  }, [])
  if (!known) return null

  const kept = new Map(known.kept.map((pack) => [pack.id, pack]))
  const packs = [
    ...(known.offered ?? []),
    ...known.kept.filter(({ id }) => !known.offered?.some((pack) => pack.id === id)),
  ]
  const fetch = async (id: string) => {
    if (loading) return
    set_full(false)
    try {
      await download(voice_port, id, session.value?.user.coop_id ?? null, (here, of) =>
        set_loading({ id, here, of }),
      )
    } catch (error) {
      set_full((error as { code?: string }).code === 'storage_full')
    }
    set_loading(null)
    await again()
  }
  const choose = async (value: string) => {
    const pack = packs.find(({ id }) => id === value)
    await choose_pack(pack?.id ?? null)
    await write_language(pack?.language ?? language.value)
    if (pack && !(kept.get(pack.id)?.version === pack.version && known.missing.get(pack.id) === 0))
      await fetch(pack.id)
  }
  const chosen = packs.find(({ id }) => id === chosen_pack.value)
  return (
    <div class="stack">
      <Picks
        label={t('voice_title')}
        picks={[
          { value: DEVICE, label: t('voice_device') },
          ...packs.map((pack) => ({ value: pack.id, label: pack_label(pack) })),
        ]}
        value={chosen?.id ?? DEVICE}
        onChange={(value) => void choose(value)}
      />
      {packs.length === 0 && <p class="soft">{t(known.offered ? 'voice_none' : 'voice_offline')}</p>}
      {loading ? (
        <p role="status">{t('voice_loading', { n: loading.here, of: loading.of })}</p>
      ) : (
        chosen && (
          <Kept pack={chosen} kept={kept.get(chosen.id)} missing={known.missing.get(chosen.id) ?? 0} />
        )
      )}
      {full && (
        <Banner tone="warn" icon="disk">
          {t('voice_full')}
        </Banner>
      )}
      {chosen && kept.has(chosen.id) && !loading && (
        <div class="buttons">
          {kept.get(chosen.id)?.version !== chosen.version && (
            <Button icon="arrow" onClick={() => void fetch(chosen.id)}>
              {t('voice_update')}
            </Button>
          )}
          <Button
            icon="close"
            onClick={() =>
              void forget(chosen.id)
                .then(() => choose_pack(null))
                .then(again)
            }
          >
            {t('voice_remove')}
          </Button>
        </div>
      )}
      <label class="line">
        <input
          type="checkbox"
          checked={speaks_by_itself.value}
          onChange={() => void speak_by_itself(!speaks_by_itself.value)}
        />
        {t('voice_auto')}
      </label>
    </div>
  )
}

const pack_label = ({ name, bytes, clip_count }: Pack): string =>
  `${name} · ${t('voice_size', { size: size_words(bytes), n: clip_count })}`

function Kept({ pack, kept, missing }: { pack: Pack; kept: KeptPack | undefined; missing: number }) {
  if (!kept) return null
  const of = kept.clips.length
  return (
    <p class="soft" role="status">
      {missing === 0 ? `${pack.name}: ${t('voice_here')}` : t('voice_partly', { n: of - missing, of })}
    </p>
  )
}

/** Into the member's own record, where the account may write it: the co-operative then knows whom to call how. */
async function write_language(tag: string): Promise<void> {
  const id = session.value?.user.id
  const own = members.value.find((member) => member.id === id)
  if (own && own.language !== tag) await edit_member(own.id, { language: tag })
}
