namespace DklActors.ActorKernel.Dispatch;

/// <summary>A growing circle of items, for one thread at a time. It holds nothing until the first, and keeps
/// the room that it once needed, which a bound limits.</summary>
internal struct Ring<T>
{
    private const int LeastSlots = 4;

    // As many as a power of two.
    private T[]? _slots;
    private int _first;

    public int Count { get; private set; }

    public readonly ref T this[int index] => ref _slots![(_first + index) & (_slots.Length - 1)];

    public void AddLast(in T item)
    {
        EnsureRoom();
        this[Count++] = item;
    }

    public void AddFirst(in T item)
    {
        EnsureRoom();
        Count++;
        _first--;
        this[0] = item;
    }

    public bool TryRemoveFirst(out T? item)
    {
        var any = Count > 0;
        item = any ? RemoveAt(0) : default;
        return any;
    }

    /// <summary>Costs as much as there are items before it.</summary>
    public T RemoveAt(int index)
    {
        var removed = this[index];
        for (; index > 0; index--)
        {
            this[index] = this[index - 1];
        }

        this[0] = default!;
        _first++;
        Count--;
        return removed;
    }

    private void EnsureRoom()
    {
        _slots ??= new T[LeastSlots];
        if (Count == _slots.Length)
        {
            var larger = new T[Count * 2];
            for (var i = 0; i < Count; i++)
            {
                larger[i] = this[i];
            }

            (_slots, _first) = (larger, 0);
        }
    }
}
