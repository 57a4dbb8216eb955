namespace DklActors.Learning.Linear;

/// <summary>What the <see cref="RegisterTile{T, TVector, TLanes}"/> needs of one width of vector.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal interface ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    static abstract int Count { get; }

    static abstract TVector Broadcast(T value);

    static abstract TVector Load(ref T source, int offset);

    static abstract void Store(TVector vector, ref T target, int offset);

    /// <summary>left · right + sum, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector sum);
}
