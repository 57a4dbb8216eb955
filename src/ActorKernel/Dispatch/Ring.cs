namespace DklActors.ActorKernel.Dispatch;

/// <summary>A growing circle of items, for one thread at a time. Empty it holds nothing until the first.</summary>
internal struct Ring<T>
{
    private const int LeastSlots = 4;

    // What a usual load has filled is kept; what a flood has filled is given back.
    private const int MostSlotsKept = 1024;

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

    /// <summary>Gives the slots of an empty ring back if far fewer were used lately.</summary>
    public void TrimTo(int used)
    {
        if (_slots?.Length > MostSlotsKept && used < _slots.Length / 8)
        {
            this = default;
        }
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
