import type { ReadonlySignal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { give_back_thumbnail, hold_thumbnail, type ListingView } from '../state/index.ts'
import { Weave } from '../ui/weave.tsx'

type SignProps = Pick<ListingView, 'product_name' | 'photo'> & { wide?: boolean }

/** What a listing is known by: its photo as soon as it is at hand, until then and else what its name gives. */
export const ListingSign = ({ product_name, photo, wide = false }: SignProps) =>
  photo ? (
    <Thumbnail key={photo} name={product_name} photo={photo} wide={wide} />
  ) : (
    <Weave name={product_name} wide={wide} />
  )

function Thumbnail({ name, photo, wide }: { name: string; photo: string; wide: boolean }) {
  const [url, set_url] = useState<ReadonlySignal<string | null> | null>(null)
  useEffect(() => {
    set_url(hold_thumbnail(photo))
    return () => give_back_thumbnail(photo)
  }, [photo])
  return <Weave name={name} wide={wide} photo={url?.value ?? null} />
}
