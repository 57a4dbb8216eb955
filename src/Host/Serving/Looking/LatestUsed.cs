using System.Diagnostics.CodeAnalysis;

namespace DklActors.Host.Serving.Looking;

/// <summary>Keeps the values that were asked for last, so many and no more. Safe to use from any thread.</summary>
internal sealed class LatestUsed<TKey, TValue>(int most)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _gate = new();

    // Under _gate; the first is the one that was used longest ago.
    private readonly LinkedList<(TKey Key, TValue Value)> _order = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];

    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(key, out LinkedListNode<(TKey Key, TValue Value)>? node))
            {
                value = null;
                return false;
            }

            _order.Remove(node);
            _order.AddLast(node);
            value = node.Value.Value;
            return true;
        }
    }

    /// <summary>Makes the value where there is none; two that ask at once may both make it.</summary>
    public TValue GetOrMake(TKey key, Func<TValue> make)
    {
        if (TryGet(key, out TValue? known))
        {
            return known;
        }

        TValue made = make();
        lock (_gate)
        {
            if (_nodes.Remove(key, out LinkedListNode<(TKey Key, TValue Value)>? older))
            {
                _order.Remove(older);
            }

            _nodes[key] = _order.AddLast((key, made));
            if (_nodes.Count > most)
            {
                _nodes.Remove(_order.First!.Value.Key);
                _order.RemoveFirst();
            }
        }

        return made;
    }
}
