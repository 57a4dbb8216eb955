System.Console.WriteLine("dkl");
