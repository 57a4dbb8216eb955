namespace DklActors.Physics.Patterns.Rooms;

/// <summary>Lends rooms to work in to threads, one each, and keeps as many as there are processors.</summary>
/// <remarks>Whoever borrows finds what the last one left, and must write before reading.</remarks>
internal sealed class RoomPool<T>(Func<T> create)
    where T : class
{
    private readonly T?[] _idle = new T?[Environment.ProcessorCount];

    public T Rent()
    {
        for (int i = 0; i < _idle.Length; i++)
        {
            if (Volatile.Read(ref _idle[i]) is not null && Interlocked.Exchange(ref _idle[i], null) is { } room)
            {
                return room;
            }
        }

        return create();
    }

    public void Return(T room)
    {
        for (int i = 0; i < _idle.Length; i++)
        {
            if (Interlocked.CompareExchange(ref _idle[i], room, null) is null)
            {
                return;
            }
        }
    }
}
