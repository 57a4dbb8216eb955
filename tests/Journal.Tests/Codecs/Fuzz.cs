namespace DklActors.Journal.Tests.Codecs;

/// <summary>Seeded damage: flipped bits, overwritten words, cut ends, and plain garbage.</summary>
internal static class Fuzz
{
    public static void Damage(byte[] whole, int seed, Action<byte[]> read)
    {
        var random = new Random(seed);
        for (int trial = 0; trial < 2000; trial++)
        {
            byte[] damaged = whole[..random.Next(whole.Length + 1)];
            if (trial % 4 == 0)
            {
                damaged = [.. whole];
            }

            // Mostly in the header, where the sizes are.
            int reach = Math.Min(damaged.Length, trial % 3 == 0 ? damaged.Length : 40);
            for (int flips = random.Next(4); flips > 0 && reach > 0; flips--)
            {
                damaged[random.Next(reach)] = (byte)random.Next(256);
            }

            Expect(damaged, read, $"trial {trial} of seed {seed}");
        }

        for (int trial = 0; trial < 200; trial++)
        {
            byte[] garbage = new byte[random.Next(200)];
            random.NextBytes(garbage);
            Expect(garbage, read, $"garbage {trial} of seed {seed}");
        }
    }

    private static void Expect(byte[] damaged, Action<byte[]> read, string trial)
    {
        Exception? thrown = Record.Exception(() => read(damaged));
        (thrown is null or InvalidDataException).Should().BeTrue("{0} must not throw {1}", trial, thrown);
    }
}
