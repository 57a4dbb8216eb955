using DklActors.Host.Serving.Contract;

namespace DklActors.Host.Serving.Access;

/// <summary>The one seat from which the daemon is commanded.</summary>
internal sealed class SeatKeeper(TimeProvider time)
{
    private readonly Lock _gate = new();
    private Seat? _holder;

    /// <summary>Who has it now, or null.</summary>
    public Seat? Holder
    {
        get
        {
            lock (_gate)
            {
                return _holder;
            }
        }
    }

    /// <summary>Gives the seat to a client.</summary>
    /// <returns>The seat as it is now, whose it was before, and whether the client got or kept it.</returns>
    public (Seat Seat, Seat? Before, bool IsHis) Take(Client client, bool takeOver)
    {
        lock (_gate)
        {
            Seat? before = _holder;
            if (before is not null && before.Client != client.Id && !takeOver)
            {
                return (before, before, false);
            }

            if (before is null || before.Client != client.Id || before.Name != client.Name)
            {
                _holder = new Seat(client.Id, client.Name, time.GetUtcNow());
            }

            return (_holder!, before, true);
        }
    }

    /// <summary>Empties the seat, if it is the client's.</summary>
    public bool Leave(Client client)
    {
        lock (_gate)
        {
            bool isHis = _holder?.Client == client.Id;
            _holder = isHis ? null : _holder;
            return isHis;
        }
    }
}
