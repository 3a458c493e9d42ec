import { useEffect, useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { type ListingView, photo_file, set_photo } from '../state/index.ts'
import { Sheet } from '../ui/sheet.tsx'
import { Failed } from './failed.tsx'
import { ListingSign } from './listing-sign.tsx'
import { PhotoField } from './photo-field.tsx'
import { useRecording } from './recording.ts'

/** The photo of a listing: large on a tap, and for who may write it, to be taken anew. */
export function ListingPhoto({ listing, writes }: { listing: ListingView; writes: boolean }) {
  const [large, set_large] = useState(false)
  const recording = useRecording()
  const { id, product_name, photo } = listing
  const change = (taken: string | null) => void recording.run(() => set_photo(id, taken))
  return (
    <>
      {photo && (
        <button type="button" class="photo" aria-label={t('photo_large')} onClick={() => set_large(true)}>
          <ListingSign product_name={product_name} photo={photo} wide />
        </button>
      )}
      {writes && <PhotoField photo={photo} onChange={change} />}
      <Failed error={recording.failed} />
      {large && photo && (
        <Sheet title={product_name} onClose={() => set_large(false)}>
          <FullPhoto photo={photo} name={product_name} />
        </Sheet>
      )}
    </>
  )
}

/** From this phone, else from the server; without a network the small one stands. */
function FullPhoto({ photo, name }: { photo: string; name: string }) {
  const [found, set_found] = useState<string | 'none' | null>(null)
  useEffect(() => {
    let url: string | null = null
    let gone = false
    const show = async () => {
      const file = (await photo_file(photo, 'full')) ?? null
      const shown = file ?? (await photo_file(photo, 'thumbnail'))
      if (gone) return
      url = shown && URL.createObjectURL(shown)
      set_found(url ?? 'none')
    }
    void show().catch(() => set_found('none'))
    return () => {
      gone = true
      if (url) URL.revokeObjectURL(url)
    }
  }, [photo])
  if (found === 'none') return <p>{t('photo_not_here')}</p>
  return found ? <img class="photo-full" src={found} alt={name} /> : <div class="photo-full" role="status" />
}
